//! What rtcstats-server would have made of each dump: its features, or the rows for its warehouse.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use analyzer_wasm::report::Severity;
use analyzer_wasm::rtcstats_server::{DumpIds, Extracted, FeatureExtractor, Origin, Records, TABLES, csv};
use anyhow::{Context as _, Result};

use crate::args::{ServerAnswer, ServerArgs};
use crate::input::{self, Source};

/// How many dumps are read before their rows are written.
const BATCH: usize = 256;
/// The bucket that manifests name where none is given.
const UNNAMED_BUCKET: &str = "s3://BUCKET";

/// Answers for every source, in their order; gives how many were dumps.
pub(crate) fn answer(args: &ServerArgs, sources: &[Source]) -> Result<usize> {
    let created = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let origin = Origin { app_env: args.app_env.clone(), created_ms: created.as_secs_f64() * 1_000.0 };
    let mut ids = DumpIds::default();
    let mut records = |dump: &Extracted| Records::of(dump, &origin, &mut ids);
    let out = &mut std::io::stdout().lock();
    match &args.answer {
        ServerAnswer::Features => for_each_dump(sources, |dump| Ok(writeln!(out, "{}", dump.to_object())?)),
        ServerAnswer::Records => {
            for_each_dump(sources, |dump| Ok(writeln!(out, "{}", records(dump).to_object())?))
        }
        ServerAnswer::Csv(folder) => {
            let mut files = Files::create(folder, args.bucket.as_deref())?;
            let dumps = for_each_dump(sources, |dump| files.add(&records(dump)))?;
            files.finish(out)?;
            Ok(dumps)
        }
    }
}

fn for_each_dump(sources: &[Source], mut take: impl FnMut(&Extracted) -> Result<()>) -> Result<usize> {
    let mut dumps = 0;
    for batch in sources.chunks(BATCH) {
        for (source, dump) in input::each(batch, read) {
            match dump {
                Ok(dump) => {
                    complain(source, &dump);
                    take(&dump)?;
                    dumps += 1;
                }
                Err(error) => eprintln!("analyze: {source}: {error:#}"),
            }
        }
    }
    Ok(dumps)
}

fn read(source: &Source) -> Result<Extracted> {
    let mut extractor = FeatureExtractor::new(&source.name());
    input::feed(source, &mut |bytes| extractor.push(bytes))?;
    extractor.finish().map_err(|error| input::in_words(&error))
}

/// Says what the answer does not: why the server would have had none, and what was missing.
fn complain(source: &Source, dump: &Extracted) {
    match dump.server_fails_at {
        Some(_) if !dump.has_header => {
            let [client, format] = ["clientType", "statsFormat"]
                .map(|member| dump.metadata.get(member).map(ToString::to_string).unwrap_or_default());
            eprintln!(
                "analyze: {source}: without a connectionInfo line rtcstats-server reads nothing; \
                 taken for {client}, {format}"
            );
        }
        Some(line) => {
            eprintln!(
                "analyze: {source}: rtcstats-server would give it up at line {line}; this is what is in it"
            );
        }
        None => {}
    }
    if dump.features.get("sessionStartTime").is_none_or(|time| time.to_string() == "null") {
        eprintln!(
            "analyze: {source}: no line has a time, so the session's is null (the server writes its own clock's)"
        );
    }
    for problem in dump.problems.to_report().iter().filter(|problem| problem.severity != Severity::Info) {
        let at = problem.first_line.map(|first| format!(" (first on line {first})")).unwrap_or_default();
        eprintln!("analyze: {source}: {} × {}{at}: {}", problem.count, problem.kind, problem.message);
    }
}

/// The files of a refill, while they are written.
struct Files {
    folder: PathBuf,
    bucket: Option<String>,
    tables: Vec<BufWriter<File>>,
    rows: [usize; TABLES.len()],
    dynamodb: BufWriter<File>,
}

impl Files {
    fn create(folder: &Path, bucket: Option<&str>) -> Result<Self> {
        fs::create_dir_all(folder).with_context(|| format!("{} cannot be made", folder.display()))?;
        let mut tables = Vec::new();
        for table in &TABLES {
            let mut file = create(folder, &csv::file_name(table))?;
            file.write_all(csv::header(table).as_bytes())?;
            tables.push(file);
        }
        Ok(Self {
            folder: folder.to_owned(),
            bucket: bucket.map(str::to_owned),
            tables,
            rows: [0; TABLES.len()],
            dynamodb: create(folder, csv::DYNAMODB_NAME)?,
        })
    }

    fn add(&mut self, records: &Records) -> Result<()> {
        self.dynamodb.write_all(csv::dynamodb_item(&records.dynamodb).as_bytes())?;
        for (((table, rows), file), count) in records.tables().zip(&mut self.tables).zip(&mut self.rows) {
            for row in rows {
                file.write_all(csv::row(&table, row).as_bytes())?;
            }
            *count += rows.len();
        }
        Ok(())
    }

    fn finish(mut self, out: &mut dyn Write) -> Result<()> {
        let bucket = self.bucket.as_deref().unwrap_or(UNNAMED_BUCKET);
        self.dynamodb.flush()?;
        for ((table, mut file), rows) in TABLES.iter().zip(self.tables).zip(self.rows) {
            file.flush()?;
            write_file(&self.folder, &csv::manifest_name(table), &csv::manifest(table, bucket))?;
            writeln!(out, "{}: rows: {rows}", self.folder.join(csv::file_name(table)).display())?;
        }
        write_file(&self.folder, csv::STATEMENTS_NAME, &csv::copy_statements(bucket))?;
        writeln!(out, "{}: how to load them", self.folder.join(csv::STATEMENTS_NAME).display())?;
        if self.bucket.is_none() {
            eprintln!(
                "analyze: the manifests and {} say {UNNAMED_BUCKET}: give --s3 s3://bucket/prefix, or put yours in",
                csv::STATEMENTS_NAME
            );
        }
        Ok(())
    }
}

fn create(folder: &Path, name: &str) -> Result<BufWriter<File>> {
    let path = folder.join(name);
    let file = File::create(&path).with_context(|| format!("{} cannot be written", path.display()))?;
    Ok(BufWriter::new(file))
}

fn write_file(folder: &Path, name: &str, content: &str) -> Result<()> {
    let path = folder.join(name);
    fs::write(&path, content).with_context(|| format!("{} cannot be written", path.display()))
}
