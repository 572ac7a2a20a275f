//! The `presign-api` command: serves the built page until it is told to stop.

use std::io::{Write, stderr, stdout};
use std::process::ExitCode;

use anyhow::{Context, Result};
use lexopt::prelude::{Long, Short, ValueExt};
use presign_api::{Config, StartError};

const HELP: &str = "\
Serves the built page of rtcscope with the security headers of its `_headers` file.

Usage: presign-api [--dir DIR] [--addr ADDRESS:PORT] [--base /PATH/]

  --dir DIR             the built page [default: dist]
  --addr ADDRESS:PORT   where to listen; port 0 takes any free one [default: 127.0.0.1:8600]
  --base /PATH/         serve under a sub-path, as a shared host would [default: /]
  -h, --help            this text
  -V, --version         the version
";

/// What the command line asks for.
enum Asked {
    Serve(Config),
    Say(String),
}

#[tokio::main]
async fn main() -> ExitCode {
    let asked = match parse(lexopt::Parser::from_env()) {
        Ok(asked) => asked,
        Err(error) => return fail(&format!("{error:#}\nSee presign-api --help."), 2),
    };
    match run(asked).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => fail(&format!("{error:#}"), 1),
    }
}

async fn run(asked: Asked) -> Result<()> {
    let config = match asked {
        Asked::Say(text) => return say(&text),
        Asked::Serve(config) => config,
    };
    let router = presign_api::router(&config)?;
    let listener = presign_api::bind(&config).await?;
    let addr = listener.local_addr().context("the socket has no address")?;
    say(&format!("rtcscope is at http://{addr}{}   (ctrl-c stops it)\n", config.base))?;
    presign_api::serve(listener, router, told_to_stop()).await.context("the socket failed")
}

fn parse(mut args: lexopt::Parser) -> Result<Asked> {
    let mut config = Config::default();
    while let Some(arg) = args.next()? {
        match arg {
            Long("dir") => config.dir = args.value()?.into(),
            Long("addr") => {
                let text = args.value()?.string()?;
                config.addr = text.parse().map_err(|_| StartError::BadAddress(text))?;
            }
            Long("base") => config.base = args.value()?.string()?.parse()?,
            Long("help") | Short('h') => return Ok(Asked::Say(HELP.to_owned())),
            Long("version") | Short('V') => {
                return Ok(Asked::Say(format!("presign-api {}\n", env!("CARGO_PKG_VERSION"))));
            }
            other => return Err(other.unexpected().into()),
        }
    }
    Ok(Asked::Serve(config))
}

/// Done at ctrl-c or, where the system has it, SIGTERM.
async fn told_to_stop() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = tokio::signal::ctrl_c() => {}
                _ = terminate.recv() => {}
            }
            return;
        }
    }
    let _ = tokio::signal::ctrl_c().await;
}

fn say(text: &str) -> Result<()> {
    let mut out = stdout().lock();
    out.write_all(text.as_bytes()).and_then(|()| out.flush()).context("cannot write to the terminal")
}

fn fail(text: &str, code: u8) -> ExitCode {
    // Nobody is left to tell when this cannot be written either.
    let _ = writeln!(stderr(), "presign-api: {text}");
    ExitCode::from(code)
}
