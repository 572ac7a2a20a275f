//! The `presign-api` command: serves the built page until it is stopped by a signal.

use std::io::{Write, stderr, stdout};
use std::process::ExitCode;

use anyhow::{Context, Result};
use lexopt::prelude::{Long, Short, ValueExt};
use presign_api::{Config, StartError};

const HELP: &str = "\
Serves the built page of rtcscope with the security headers of its `_headers` file.

Usage: presign-api [--dir DIR] [--addr ADDRESS:PORT] [--base /PATH/]

  --dir DIR             directory of the built page [default: dist]
  --addr ADDRESS:PORT   address to listen on; port 0 selects a free port [default: 127.0.0.1:8600]
  --base /PATH/         path under which the page is served [default: /]
  -h, --help            print this text
  -V, --version         print the version
";

/// What the command line requests.
enum Action {
    Serve(Config),
    Print(String),
}

#[tokio::main]
async fn main() -> ExitCode {
    let action = match parse(lexopt::Parser::from_env()) {
        Ok(action) => action,
        Err(error) => return fail(&format!("{error:#}\nSee presign-api --help."), 2),
    };
    match run(action).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => fail(&format!("{error:#}"), 1),
    }
}

async fn run(action: Action) -> Result<()> {
    let config = match action {
        Action::Print(text) => return print(&text),
        Action::Serve(config) => config,
    };
    let router = presign_api::router(&config)?;
    let listener = presign_api::bind(&config).await?;
    let addr = listener.local_addr().context("the socket has no address")?;
    print(&format!("rtcscope is at http://{addr}{}   (stop with ctrl-c)\n", config.base))?;
    presign_api::serve(listener, router, stop_signal()).await.context("the socket failed")
}

fn parse(mut args: lexopt::Parser) -> Result<Action> {
    let mut config = Config::default();
    while let Some(arg) = args.next()? {
        match arg {
            Long("dir") => config.dir = args.value()?.into(),
            Long("addr") => {
                let text = args.value()?.string()?;
                config.addr = text.parse().map_err(|_| StartError::BadAddress(text))?;
            }
            Long("base") => config.base = args.value()?.string()?.parse()?,
            Long("help") | Short('h') => return Ok(Action::Print(HELP.to_owned())),
            Long("version") | Short('V') => {
                return Ok(Action::Print(format!("presign-api {}\n", env!("CARGO_PKG_VERSION"))));
            }
            other => return Err(other.unexpected().into()),
        }
    }
    Ok(Action::Serve(config))
}

/// Completes on ctrl-c or, on Unix, SIGTERM.
async fn stop_signal() {
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

fn print(text: &str) -> Result<()> {
    let mut out = stdout().lock();
    out.write_all(text.as_bytes()).and_then(|()| out.flush()).context("cannot write to the terminal")
}

fn fail(text: &str, code: u8) -> ExitCode {
    // An error of this write cannot be reported anywhere.
    let _ = writeln!(stderr(), "presign-api: {text}");
    ExitCode::from(code)
}
