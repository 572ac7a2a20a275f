//! Rows as files for Redshift's COPY and for DynamoDB's import from S3.
//!
//! Text is quoted by RFC 4180 where needed and otherwise unchanged. Text that a spreadsheet would run as a formula is
//! left as it is: these files are for databases.

use std::fmt::Write as _;

use super::value::{Object, Value};
use super::warehouse::{TABLES, Table};

/// The field for a missing value, since an empty field is an empty text.
const NULL: &str = "@NULL@";

/// The name of the file of metadata rows.
pub const DYNAMODB_NAME: &str = "dynamodb.json";
/// The name of the file of statements.
pub const STATEMENTS_NAME: &str = "copy.sql";

/// The first line of a table's file.
#[must_use]
pub fn header(table: &Table) -> String {
    table.columns.join(",") + "\n"
}

/// A row of a table's file.
#[must_use]
pub fn row(table: &Table, row: &Object) -> String {
    let fields: Vec<String> = table.columns.iter().map(|column| field(row.get(column))).collect();
    fields.join(",") + "\n"
}

fn field(value: Option<&Value>) -> String {
    match value {
        None | Some(Value::Null) => NULL.to_owned(),
        Some(Value::Number(number)) if !number.is_finite() => NULL.to_owned(),
        Some(Value::Text(text)) => quoted(text),
        Some(value) => quoted(&value.to_string()),
    }
}

fn quoted(text: &str) -> String {
    if text.contains([',', '"', '\r', '\n']) || text.starts_with(' ') || text.ends_with(' ') {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}

/// The name of a table's file.
#[must_use]
pub fn file_name(table: &Table) -> String {
    format!("{}.csv", table.name)
}

/// The name of the manifest that lists a table's file.
#[must_use]
pub fn manifest_name(table: &Table) -> String {
    format!("{}.manifest.json", table.name)
}

/// The manifest with the file of a table. Each table has its own, since one COPY statement fills one table.
#[must_use]
pub fn manifest(table: &Table, prefix: &str) -> String {
    let mut entry = Object::default();
    entry.set("url", url(prefix, &file_name(table)));
    entry.set("mandatory", true);
    let mut manifest = Object::default();
    manifest.set("entries", vec![entry.into()]);
    format!("{manifest}\n")
}

/// The statements that load every table.
#[must_use]
pub fn copy_statements(prefix: &str) -> String {
    let mut out = format!(
        "-- Put the .csv and .manifest.json files under {}, then run this as a user who may write the tables.\n\
         -- If the cluster has no default role, name one: IAM_ROLE 'arn:aws:iam::…'.\n\
         -- A table without one of these columns needs it first: COPY knows columns by their place.\n",
        url(prefix, "").replace('\n', " ")
    );
    for table in TABLES {
        let from = url(prefix, &manifest_name(&table)).replace('\\', "\\\\").replace('\'', "''");
        // Writing to a string cannot fail.
        let _ = writeln!(
            out,
            "\nCOPY {} ({})\nFROM '{from}'\nIAM_ROLE default\nMANIFEST FORMAT AS CSV IGNOREHEADER 1 NULL AS '{NULL}' \
             TIMEFORMAT 'auto';",
            table.name,
            table.columns.join(", ")
        );
    }
    out
}

fn url(prefix: &str, name: &str) -> String {
    format!("{}/{name}", prefix.trim_end_matches('/'))
}

/// A metadata row as a line of DynamoDB JSON, for the import from S3. Missing values are left out.
#[must_use]
pub fn dynamodb_item(row: &Object) -> String {
    let mut item = Object::default();
    for (name, value) in row.members() {
        let kind = match value {
            Value::Null => continue,
            Value::Number(_) => "N",
            _ => "S",
        };
        let mut typed = Object::default();
        typed.set(kind, value.to_key());
        item.set(name, typed);
    }
    let mut line = Object::default();
    line.set("Item", item);
    format!("{line}\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: Table = Table { name: "t", columns: &["a", "b"] };

    fn line(a: impl Into<Value>) -> String {
        let mut object = Object::default();
        object.set("a", a);
        row(&TABLE, &object)
    }

    #[test]
    fn fields_are_quoted_where_they_must_be() {
        for (value, expect) in [
            (Value::from("plain"), "plain,@NULL@\n"),
            ("".into(), ",@NULL@\n"),
            ("a,b".into(), "\"a,b\",@NULL@\n"),
            ("say \"hi\"".into(), "\"say \"\"hi\"\"\",@NULL@\n"),
            ("two\r\nlines".into(), "\"two\r\nlines\",@NULL@\n"),
            (" x".into(), "\" x\",@NULL@\n"),
            ("=1+1".into(), "=1+1,@NULL@\n"),
            (Value::Null, "@NULL@,@NULL@\n"),
            (f64::NAN.into(), "@NULL@,@NULL@\n"),
            (0.05.into(), "0.05,@NULL@\n"),
            (1_647_251_293_497.0.into(), "1647251293497,@NULL@\n"),
            (false.into(), "false,@NULL@\n"),
        ] {
            assert_eq!(line(value), expect);
        }
        assert_eq!(header(&TABLE), "a,b\n");
    }

    #[test]
    fn copy_statements_name_the_manifest_of_each_file() {
        let prefix = "s3://bucket/it's/";
        let statements = copy_statements(prefix);
        for table in TABLES {
            assert_eq!(
                manifest(&table, prefix),
                format!(
                    "{{\"entries\":[{{\"url\":\"s3://bucket/it's/{}.csv\",\"mandatory\":true}}]}}\n",
                    table.name
                )
            );
            assert!(statements.contains(&format!("FROM 's3://bucket/it''s/{}.manifest.json'", table.name)));
            assert!(statements.contains(&format!("COPY {} ({}", table.name, table.columns[0])));
        }
    }

    #[test]
    fn items_carry_their_types() {
        let mut row = Object::default();
        row.set("dumpId", "a.gz");
        row.set("startDate", 1.5e12);
        row.set("endDate", Value::Null);
        assert_eq!(
            dynamodb_item(&row),
            "{\"Item\":{\"dumpId\":{\"S\":\"a.gz\"},\"startDate\":{\"N\":\"1500000000000\"}}}\n"
        );
    }
}
