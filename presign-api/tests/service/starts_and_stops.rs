//! Start-up errors, the command line, the printed address and the shutdown.

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
fn start_errors_name_the_command_that_builds_the_page() {
    let site = Site::new();
    let start_error = || presign_api::router(&site.config("/")).unwrap_err().to_string();
    fs::write(site.dir().join("_headers"), "/*\nX-A: 1\n").unwrap();
    assert!(
        start_error().ends_with("_headers: line 1: a path without headers (indent them)"),
        "{}",
        start_error()
    );
    fs::remove_file(site.dir().join("_headers")).unwrap();
    assert!(start_error().contains("_headers cannot be read") && start_error().contains("cargo xtask build"));
    fs::remove_file(site.dir().join("index.html")).unwrap();
    assert!(start_error().contains("no index.html") && start_error().contains("cargo xtask build"));
    fs::remove_dir_all(site.dir()).unwrap();
    assert!(start_error().contains("is not a directory") && start_error().contains("cargo xtask build"));
}

#[test]
fn the_error_for_a_port_in_use_names_the_flag() {
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
fn command_line_errors_name_the_expected_form() {
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
fn it_prints_the_bound_address_and_stops_on_sigterm() {
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
    let mut status_line = [0; 15];
    stream.read_exact(&mut status_line).unwrap();
    assert_eq!(&status_line, b"HTTP/1.1 200 OK");

    let kill = Command::new("kill").args(["-TERM", &child.id().to_string()]).status().unwrap();
    assert!(kill.success());
    assert!(child.wait().unwrap().success());
}
