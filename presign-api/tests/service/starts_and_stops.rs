//! Start-up errors that name the way out, and the command from its first line to its end.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Command, Output, Stdio};

use crate::site::Site;

fn command() -> Command {
    Command::new(env!("CARGO_BIN_EXE_presign-api"))
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn a_directory_without_a_page_says_how_to_build_it() {
    let site = Site::new();
    let start = || presign_api::router(&site.config("/")).unwrap_err().to_string();
    fs::write(site.dir().join("_headers"), "/*\nX-A: 1\n").unwrap();
    assert!(start().ends_with("_headers: line 1: a path without headers (indent them)"), "{}", start());
    fs::remove_file(site.dir().join("_headers")).unwrap();
    assert!(start().contains("_headers cannot be read") && start().contains("cargo xtask build"));
    fs::remove_file(site.dir().join("index.html")).unwrap();
    assert!(start().contains("no index.html") && start().contains("cargo xtask build"));
    fs::remove_dir_all(site.dir()).unwrap();
    assert!(start().contains("is not a directory") && start().contains("cargo xtask build"));
}

#[test]
fn a_port_in_use_names_the_flag() {
    let site = Site::new();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let addr = taken.local_addr().unwrap().to_string();
    let output = command().arg("--dir").arg(site.dir()).args(["--addr", &addr]).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    let text = stderr(&output);
    assert!(text.contains(&format!("port {} is in use", taken.local_addr().unwrap().port())), "{text}");
    assert!(text.contains("--addr 127.0.0.1:PORT"), "{text}");
}

#[test]
fn a_bad_command_line_says_what_was_expected() {
    for (args, expected) in [
        (["--addr", "nowhere"].as_slice(), "127.0.0.1:8600"),
        (["--base", "/a b/"].as_slice(), "/tools/rtcscope/"),
        (["--sideways"].as_slice(), "--sideways"),
        (["extra"].as_slice(), "extra"),
    ] {
        let output = command().args(args).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        assert!(stderr(&output).contains(expected), "{}", stderr(&output));
    }
}

#[test]
fn help_lists_every_flag() {
    let output = command().arg("--help").output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success());
    for flag in ["--dir", "--addr", "--base", "--help", "--version"] {
        assert!(text.contains(flag), "{flag}");
    }
}

#[cfg(unix)]
#[test]
fn it_prints_its_real_address_and_stops_when_told() {
    let site = Site::new();
    let mut child = command()
        .arg("--dir")
        .arg(site.dir())
        .args(["--addr", "127.0.0.1:0", "--base", "/a/b"])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let url = line.split_whitespace().find(|word| word.starts_with("http://")).unwrap();
    let (addr, path) = url.strip_prefix("http://").unwrap().split_once('/').unwrap();
    assert_eq!(path, "a/b/");

    let mut stream = TcpStream::connect(addr).unwrap();
    write!(stream, "GET /{path} HTTP/1.1\r\nHost: {addr}\r\n\r\n").unwrap();
    let mut begin = [0; 15];
    stream.read_exact(&mut begin).unwrap();
    assert_eq!(&begin, b"HTTP/1.1 200 OK");

    let told = Command::new("kill").args(["-TERM", &child.id().to_string()]).status().unwrap();
    assert!(told.success());
    assert!(child.wait().unwrap().success());
}
