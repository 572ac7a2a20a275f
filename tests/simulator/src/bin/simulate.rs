//! The command `simulate`: writes the dumps of a simulated call and the ground truth about it into a folder.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use anyhow::{Context, Result, bail, ensure};
use simulator::{Form, Scenario, ScenarioOptions, Topology, simulate};

/// What `--help` prints.
const HELP: &str = "\
simulate: writes the dumps of a simulated call and the ground truth about it

Usage: simulate [OPTIONS] OUT_DIR

  OUT_DIR  where the dumps (<session>.gz; a server's later parts <session>_1.gz and so on), truth.json and
           scenario.json go; it is made if it is missing

Options:
  --seed N       another call for another number (default 1)
  --people N     2 to 50 (default 6); two talk directly, more through a bridge
  --minutes N    how long (default 10)
  --faulty       with faults (the default)
  --calm         with nothing but ordinary noise
  --period MS    time between everybody's stats polls (default: the seed decides)
  --servers      the dumps of bridges (JVB) and of the focus (Jicofo) as well, and what is true of them; with
                 faults, something may go wrong with a bridge too
  --plain        dumps as text instead of gzip
  --scenario F   the call of this scenario.json instead
  --sample       the call that the product shows instead: six people, ten minutes, something of everything;
                 with samples.json, which tells the page its files
  --help         this text
";

#[derive(Debug)]
struct Args {
    options: ScenarioOptions,
    form: Form,
    source: Source,
    servers: bool,
    out: PathBuf,
}

/// Where the scenario comes from.
#[derive(Debug)]
enum Source {
    Options,
    Sample,
    File(PathBuf),
}

#[expect(clippy::print_stdout, clippy::print_stderr, reason = "a command line program speaks there")]
fn main() -> ExitCode {
    let args = match parse(std::env::args_os()) {
        Ok(Some(args)) => args,
        Ok(None) => {
            print!("{HELP}");
            return ExitCode::SUCCESS;
        }
        Err(error) => {
            eprintln!("simulate: {error:#}\n\n{HELP}");
            return ExitCode::from(2);
        }
    };
    match run(&args) {
        Ok(said) => {
            println!("{said}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("simulate: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Reads the command line, the program's name first; `None` asks for help.
fn parse(words: impl IntoIterator<Item = OsString>) -> Result<Option<Args>> {
    use lexopt::prelude::*;
    let mut parser = lexopt::Parser::from_iter(words);
    let mut options =
        ScenarioOptions { seed: 1, people: 6, faulty: true, duration_ms: 600_000, poll_ms: None };
    let (mut form, mut source, mut servers, mut out) = (Form::Gzip, Source::Options, false, None);
    while let Some(arg) = parser.next()? {
        match arg {
            Short('h') | Long("help") => return Ok(None),
            Long("seed") => options.seed = parser.value()?.parse()?,
            Long("people") => options.people = parser.value()?.parse()?,
            Long("minutes") => options.duration_ms = parser.value()?.parse::<u64>()?.saturating_mul(60_000),
            Long("faulty") => options.faulty = true,
            Long("calm") => options.faulty = false,
            Long("period") => options.poll_ms = Some(parser.value()?.parse()?),
            Long("plain") => form = Form::Plain,
            Long("scenario") => source = Source::File(parser.value()?.into()),
            Long("servers") => servers = true,
            Long("sample") => source = Source::Sample,
            Value(dir) if out.is_none() => out = Some(PathBuf::from(dir)),
            _ => return Err(arg.unexpected().into()),
        }
    }
    ensure!((2..=50).contains(&options.people), "--people takes 2 to 50, not {}", options.people);
    ensure!((60_000..=86_400_000).contains(&options.duration_ms), "--minutes takes 1 to 1440");
    ensure!(options.poll_ms.is_none_or(|ms| (200..=60_000).contains(&ms)), "--period takes 200 to 60000");
    let Some(out) = out else { bail!("no OUT_DIR") };
    Ok(Some(Args { options, form, source, servers, out }))
}

/// The call that is asked for.
fn scenario(args: &Args) -> Result<Scenario> {
    let (scenario, faulty) = match &args.source {
        Source::File(path) => {
            let text = fs::read(path).with_context(|| format!("reading {}", path.display()))?;
            let scenario: Scenario = serde_json::from_slice(&text)
                .with_context(|| format!("{} is no scenario", path.display()))?;
            check(&scenario)?;
            (scenario, false)
        }
        Source::Sample => (Scenario::sample(), false),
        Source::Options => (Scenario::from_options(&args.options), args.options.faulty),
    };
    let drawn = args.servers && scenario.servers.is_none();
    Ok(if drawn { scenario.with_servers(faulty) } else { scenario })
}

/// Whether what somebody wrote can happen.
fn check(scenario: &Scenario) -> Result<()> {
    let direct = scenario.topology == Topology::PeerToPeer;
    ensure!(!direct || scenario.presences().count() == 2, "a direct call has two people, once each");
    let Some(servers) = &scenario.servers else { return Ok(()) };
    ensure!(!direct || servers.faults.is_empty(), "a direct call does not feel what happens to bridges");
    ensure!(
        servers.homes.len() == scenario.people.len(),
        "homes names a bridge for each of the {} people, not {}",
        scenario.people.len(),
        servers.homes.len()
    );
    let successors = servers.restarts().map(|(_, successor)| successor);
    let faulty = servers.faults.iter().map(|fault| fault.bridge);
    for place in servers.homes.iter().copied().chain(successors).chain(faulty) {
        ensure!(place < servers.bridges.len(), "there is no bridge {place}: they are counted from 0");
    }
    ensure!(
        servers.faults.is_sorted_by_key(|fault| fault.time.from_ms),
        "the bridges' faults are not in the order of time"
    );
    Ok(())
}

fn run(args: &Args) -> Result<String> {
    let scenario = scenario(args)?;
    let begun = Instant::now();
    let call = simulate(&scenario, args.form);
    let took = begun.elapsed();
    fs::create_dir_all(&args.out).with_context(|| format!("making {}", args.out.display()))?;
    let write = |name: &str, bytes: &[u8]| {
        let path = args.out.join(name);
        fs::write(&path, bytes).with_context(|| format!("writing {}", path.display()))
    };
    for dump in &call.dumps {
        write(&dump.name, &dump.bytes)?;
    }
    for dump in &call.servers {
        write(&dump.name, &dump.bytes)?;
    }
    if matches!(args.source, Source::Sample) {
        let sizes = call.dumps.iter().map(|dump| (&dump.name, dump.bytes.len()));
        let of_servers = call.servers.iter().map(|dump| (&dump.name, dump.bytes.len()));
        let sizes: BTreeMap<_, _> = sizes.chain(of_servers).collect();
        write("samples.json", format!("{:#}\n", serde_json::to_value(sizes)?).as_bytes())?;
    }
    write("truth.json", &serde_json::to_vec_pretty(&call.truth)?)?;
    write("scenario.json", &serde_json::to_vec_pretty(&scenario)?)?;
    let megabytes = |bytes: u64| bytes as f64 / 1e6;
    let sizes = call.dumps.iter().map(|dump| (dump.text_bytes, dump.bytes.len()));
    let server_sizes = call.servers.iter().map(|dump| (dump.text_bytes, dump.bytes.len()));
    let (text, stored) = sizes
        .chain(server_sizes)
        .fold((0, 0), |(text, stored), (more_text, more)| (text + more_text, stored + more as u64));
    let of_servers = call.truth.servers.as_ref().map_or(0, |servers| servers.findings.len());
    Ok(format!(
        "{} dumps, {:.1} MB of text in {:.1} MB, {} findings to be made, simulated in {:.1} s",
        call.dumps.len() + call.servers.len(),
        megabytes(text),
        megabytes(stored),
        call.truth.findings.len() + of_servers,
        took.as_secs_f64(),
    ))
}
