//! The page as a user operates it: elements by their `data-testid`, and the actions on them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use crate::browser::Page;
use crate::site::Site;
use crate::workspace;

/// The built page, served by the project's own service and opened in a Chromium of its own.
#[derive(Debug)]
pub struct App {
    /// The page in the browser.
    pub page: Page,
    /// The service that serves the page.
    pub site: Site,
}

/// One row of the list of participants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The endpoint id.
    pub endpoint: String,
    /// The name, or the stats id.
    pub name: String,
    /// The text of the row.
    pub text: String,
}

/// One finding of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The finding's id in the report.
    pub id: String,
    /// The finding's code.
    pub code: String,
    /// The severity as in the report.
    pub severity: String,
    /// The participant's key; empty for a finding of the conference.
    pub participant: String,
}

/// A message of the page about a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Complaint {
    /// The problem's kind; empty for a file without any result.
    pub kind: String,
    /// The severity as in the report, or empty.
    pub severity: String,
    /// The text.
    pub text: String,
}

impl App {
    /// Opens the built page.
    ///
    /// # Errors
    /// When it is not built, or there is no browser.
    pub fn open() -> Result<Self> {
        Self::open_at("")
    }

    /// Opens the built page with something after its address, such as a fragment.
    ///
    /// # Errors
    /// When it is not built, or there is no browser.
    pub fn open_at(tail: &str) -> Result<Self> {
        Self::open_dir(&workspace::dist()?, tail)
    }

    /// Opens the page of another folder.
    ///
    /// # Errors
    /// When it holds none, or there is no browser.
    pub fn open_dir(dir: &Path, tail: &str) -> Result<Self> {
        let site = Site::serve(dir)?;
        let page = Page::open(&format!("{}{tail}", site.url()))?;
        let app = Self { page, site };
        app.page.wait(&exists("file-input"))?;
        Ok(app)
    }

    /// Loads the page again, at the same address.
    ///
    /// # Errors
    /// When it does not come back.
    pub fn reload(&self) -> Result<()> {
        self.page.reload()?;
        self.page.wait(&exists("file-input")).map(drop)
    }

    /// Chooses files with the file input.
    ///
    /// # Errors
    /// When a file is not there.
    pub fn choose(&self, files: &[PathBuf]) -> Result<()> {
        self.page.choose_files(&selector("file-input"), files)
    }

    /// Chooses a folder with the folder input.
    ///
    /// # Errors
    /// When it is not there.
    pub fn choose_folder(&self, folder: &Path) -> Result<()> {
        self.page.choose_files(&selector("folder-input"), &[folder.to_path_buf()])
    }

    /// Waits until the page has a part, by its test id, and clicks it.
    ///
    /// # Errors
    /// When it does not appear.
    pub fn press(&self, test_id: &str) -> Result<()> {
        self.text(test_id)?;
        self.page.click(&selector(test_id))
    }

    /// Waits until the page has a part, by its test id, and gives its text.
    ///
    /// # Errors
    /// When it does not appear.
    pub fn text(&self, test_id: &str) -> Result<String> {
        self.page.wait(&exists(test_id))?;
        let text = format!("document.querySelector({})?.innerText ?? ''", json!(selector(test_id)));
        Ok(self.page.evaluate(&text)?.as_str().unwrap_or_default().to_owned())
    }

    /// Waits until the page has no such part.
    ///
    /// # Errors
    /// When it stays.
    pub fn gone(&self, test_id: &str) -> Result<()> {
        self.page.wait(&format!("!({})", exists(test_id))).map(drop)
    }

    /// Waits until exactly this many participants are listed, and gives their rows.
    ///
    /// # Errors
    /// When it does not become so.
    pub fn rows(&self, count: usize) -> Result<Vec<Row>> {
        self.page.wait(&format!("document.querySelectorAll({}).length === {count}", json!(row())))?;
        let rows = self.page.evaluate(&format!(
            "[...document.querySelectorAll({})].map(row => \
             [row.dataset.endpoint ?? '', row.dataset.name ?? '', row.innerText])",
            json!(row())
        ))?;
        rows.as_array().into_iter().flatten().map(read_row).collect()
    }

    /// Waits until a participant is listed, and gives the row.
    ///
    /// # Errors
    /// If no participant with that endpoint id appears.
    pub fn row(&self, endpoint: &str) -> Result<Row> {
        let found = self.page.wait(&format!(
            "(() => {{ const row = document.querySelector({}); \
             return row && [row.dataset.endpoint, row.dataset.name ?? '', row.innerText]; }})()",
            json!(format!("{}[data-endpoint={}]", row(), json!(endpoint)))
        ))?;
        read_row(&found)
    }

    /// The numbers of a participant's row by the title of their column; unknown values are left out.
    ///
    /// # Errors
    /// When there is no such participant.
    pub fn numbers(&self, endpoint: &str) -> Result<BTreeMap<String, f64>> {
        let cells = self.page.evaluate(&format!(
            "(() => {{ const row = document.querySelector({}); \
             const titles = [...row.closest('table').querySelectorAll('thead tr:last-child > *')]; \
             return [...row.children].map((cell, index) => \
                [titles[index].innerText.replace(/\\s+/g, ' ').trim(), cell.innerText.trim()]); }})()",
            json!(format!("{}[data-endpoint={}]", row(), json!(endpoint)))
        ))?;
        let mut numbers = BTreeMap::new();
        for cell in cells.as_array().into_iter().flatten() {
            let digits = text_at(cell, 1)?.replace('\u{202f}', "").replace('−', "-");
            if let Ok(number) = digits.parse() {
                numbers.insert(text_at(cell, 0)?, number);
            }
        }
        Ok(numbers)
    }

    /// Selects a participant, looks at each of the charts, and gives how many points each metric has.
    ///
    /// # Errors
    /// When there is no such participant, or a chart stays empty.
    pub fn select(&self, endpoint: &str) -> Result<BTreeMap<String, u64>> {
        self.page.click(&format!("{}[data-endpoint={}]", row(), json!(endpoint)))?;
        let charts = self.page.wait(&format!(
            "(() => {{ const charts = [...document.querySelectorAll({})]; \
             const unseen = charts.find(chart => !Number(chart.dataset.points)); \
             unseen?.scrollIntoView({{block: 'center', behavior: 'instant'}}); \
             return charts.length >= 3 && !unseen && \
                charts.map(chart => [chart.dataset.metric, Number(chart.dataset.points)]); }})()",
            json!(selector("chart"))
        ))?;
        let charts = charts.as_array().into_iter().flatten();
        charts.map(|chart| Ok((text_at(chart, 0)?, number_at(chart, 1)?))).collect()
    }

    /// Waits until findings are listed, and gives them from top to bottom.
    ///
    /// # Errors
    /// When none appears.
    pub fn findings(&self) -> Result<Vec<Found>> {
        let found = self.page.wait(&format!(
            "(() => {{ const found = [...document.querySelectorAll({})].map(({{dataset}}) => \
             [dataset.id, dataset.code, dataset.severity, dataset.participant ?? '']); \
             return found.length > 0 && found; }})()",
            json!(selector("finding"))
        ))?;
        let found = found.as_array().into_iter().flatten();
        found
            .map(|one| {
                let [id, code, severity, participant] = [0, 1, 2, 3].map(|index| text_at(one, index));
                Ok(Found { id: id?, code: code?, severity: severity?, participant: participant? })
            })
            .collect()
    }

    /// Clicks a finding and waits until the page looks at it.
    ///
    /// # Errors
    /// When there is no such finding.
    pub fn open_finding(&self, id: &str) -> Result<()> {
        let finding = format!("{}[data-id={}]", selector("finding"), json!(id));
        self.page.click(&finding)?;
        let looked_at = format!("!!document.querySelector({})", json!(format!("{finding}[aria-current]")));
        self.page.wait(&looked_at).map(drop)
    }

    /// The time window of lanes and charts, as text of the page.
    ///
    /// # Errors
    /// When there are no lanes.
    pub fn shown_time(&self) -> Result<String> {
        let text = self.page.wait(&format!(
            "document.querySelector({})?.innerText.trim()",
            json!(selector("window-readout"))
        ))?;
        text.as_str().map(str::to_owned).context("no text")
    }

    /// The time window of a chart: start and end, in ms after the conference's start.
    ///
    /// # Errors
    /// When there is no such chart.
    pub fn shown(&self, metric: &str) -> Result<(f64, f64)> {
        let shown = self.page.evaluate(&format!(
            "(() => {{ const chart = document.querySelector({}); return [Number(chart.dataset.from), Number(chart.dataset.to)]; }})()",
            json!(chart(metric))
        ))?;
        let at = |index: usize| shown.get(index).and_then(Value::as_f64).context("no window");
        Ok((at(0)?, at(1)?))
    }

    /// Waits until every chart shows a window that passes the test, and gives it.
    ///
    /// # Errors
    /// If they do not reach one.
    pub fn all_show(&self, what: &str, test: impl Fn(f64, f64) -> bool) -> Result<(f64, f64)> {
        self.page.wait_for(what, |page| {
            let all = page.evaluate(&format!(
                "[...new Set([...document.querySelectorAll({})].map(chart => `${{chart.dataset.from}} ${{chart.dataset.to}}`))]",
                json!(selector("chart"))
            ))?;
            let Some([Value::String(one)]) = all.as_array().map(Vec::as_slice) else { return Ok(None) };
            let Some((from, to)) = one.split_once(' ') else { return Ok(None) };
            let (from, to): (f64, f64) = (from.parse()?, to.parse()?);
            Ok(test(from, to).then_some((from, to)))
        })
    }

    /// The plot of a chart on the screen, where its time axis begins and ends: left, right, and the middle from top to
    /// bottom.
    ///
    /// # Errors
    /// When there is no such chart.
    pub fn plot(&self, metric: &str) -> Result<(f64, f64, f64)> {
        // Where the findings lie is the plot without its axes.
        let [left, top, width, height] = self.page.place(&format!("{} .bands", chart(metric)))?;
        Ok((left, left + width, top + height / 2.0))
    }

    /// Searches the selected participant's statistics and waits for the results: report, field and the row's cells.
    ///
    /// # Errors
    /// When nothing is found.
    pub fn search_stats(&self, words: &str) -> Result<Vec<Vec<String>>> {
        self.page.click(&selector("stats-search"))?;
        self.page.write(words)?;
        let rows = self.page.wait(&format!(
            "(() => {{ const rows = [...document.querySelectorAll({})].map(found => \
             [found.dataset.report, found.dataset.name, ...[...found.closest('tr').children].map(cell => cell.innerText)]); \
             return rows.length > 0 && rows; }})()",
            json!(selector("stats-result"))
        ))?;
        let row = |row: &Value| {
            row.as_array().into_iter().flatten().filter_map(|cell| Some(cell.as_str()?.to_owned())).collect()
        };
        Ok(rows.as_array().into_iter().flatten().map(row).collect())
    }

    /// Saves the report through the page's own button.
    ///
    /// # Errors
    /// When nothing is saved.
    pub fn save_report(&self) -> Result<Value> {
        self.page.wait(&exists("save-report"))?;
        self.page.click(&selector("save-report"))?;
        let (name, content) = self.page.downloaded()?;
        ensure!(name == "rtcscope-report.json", "the report was saved as {name}");
        serde_json::from_slice(&content).context("the saved report is not JSON")
    }

    /// Waits until the page shows a message about a file, and returns all of them.
    ///
    /// # Errors
    /// If it shows none.
    pub fn complaints(&self) -> Result<Vec<Complaint>> {
        let messages = self.page.wait(&format!(
            "(() => {{ const messages = [...document.querySelectorAll({})].map(element => \
             [element.dataset.kind ?? '', element.dataset.severity ?? '', element.innerText.trim()]); \
             return messages.length > 0 && messages; }})()",
            json!(format!("{}, {}", selector("file-problem"), selector("error")))
        ))?;
        messages.as_array().into_iter().flatten().map(read_complaint).collect()
    }
}

/// The CSS selector of a test id.
#[must_use]
pub fn selector(test_id: &str) -> String {
    format!("[data-testid={}]", json!(test_id))
}

/// The CSS selector of a chart.
#[must_use]
pub fn chart(metric: &str) -> String {
    format!("{}[data-metric={}]", selector("chart"), json!(metric))
}

fn row() -> String {
    selector("participant-row")
}

fn exists(test_id: &str) -> String {
    format!("!!document.querySelector({})", json!(selector(test_id)))
}

fn read_row(value: &Value) -> Result<Row> {
    Ok(Row { endpoint: text_at(value, 0)?, name: text_at(value, 1)?, text: text_at(value, 2)? })
}

fn read_complaint(value: &Value) -> Result<Complaint> {
    Ok(Complaint { kind: text_at(value, 0)?, severity: text_at(value, 1)?, text: text_at(value, 2)? })
}

fn text_at(value: &Value, index: usize) -> Result<String> {
    let text = value.get(index).and_then(Value::as_str);
    text.map(str::to_owned).with_context(|| format!("no text in {value}"))
}

fn number_at(value: &Value, index: usize) -> Result<u64> {
    value.get(index).and_then(Value::as_u64).with_context(|| format!("no number in {value}"))
}
