//! The files that `analyze records --csv` writes, for Redshift's COPY and DynamoDB's import.

use std::fs::{self, File};
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};

use analyzer_wasm::rtcstats_server::{Records, TABLES, csv};
use anyhow::{Context as _, Result};

use crate::output;
use crate::terminal_text::TerminalText;

/// The bucket that manifests name where none is given.
const UNNAMED_BUCKET: &str = "s3://BUCKET";

/// The files while they are written.
pub(crate) struct WarehouseFiles {
    folder: PathBuf,
    bucket: Option<String>,
    tables: Vec<BufWriter<File>>,
    rows: [usize; TABLES.len()],
    dynamodb: BufWriter<File>,
}

impl WarehouseFiles {
    /// Creates the folder and the files, with the head of each table.
    pub(crate) fn create(folder: &Path, bucket: Option<&str>) -> Result<Self> {
        fs::create_dir_all(folder).with_context(|| format!("{} cannot be created", folder.display()))?;
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

    /// Adds the rows of a dump.
    pub(crate) fn add(&mut self, records: &Records) -> Result<()> {
        self.dynamodb.write_all(csv::dynamodb_item(&records.dynamodb).as_bytes())?;
        for (((table, rows), file), count) in records.tables().zip(&mut self.tables).zip(&mut self.rows) {
            for row in rows {
                file.write_all(csv::row(&table, row).as_bytes())?;
            }
            *count += rows.len();
        }
        Ok(())
    }

    /// Writes what is left, the manifests and the statements; gives the lines to print about the files.
    pub(crate) fn finish(mut self) -> Result<TerminalText> {
        let mut out = TerminalText::default();
        let bucket = self.bucket.as_deref().unwrap_or(UNNAMED_BUCKET);
        self.dynamodb.flush()?;
        for ((table, mut file), rows) in TABLES.iter().zip(self.tables).zip(self.rows) {
            file.flush()?;
            write_file(&self.folder, &csv::manifest_name(table), &csv::manifest(table, bucket))?;
            out.line(format_args!("{}: rows: {rows}", self.folder.join(csv::file_name(table)).display()));
        }
        write_file(&self.folder, csv::STATEMENTS_NAME, &csv::copy_statements(bucket))?;
        out.line(format_args!("{}: how to load them", self.folder.join(csv::STATEMENTS_NAME).display()));
        if self.bucket.is_none() {
            output::warn(format_args!(
                "the manifests and {} name {UNNAMED_BUCKET}: give --s3 s3://bucket/prefix, or replace it",
                csv::STATEMENTS_NAME
            ));
        }
        Ok(out)
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
