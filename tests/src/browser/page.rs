//! One page in a Chromium of its own.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use base64::Engine;
use serde_json::{Value, json};

use super::connection::Connection;
use super::journal::{Message, Request, Target};
use super::process::Process;

/// How long the page may take for anything: a test that needs this long has failed.
const PATIENCE: Duration = Duration::from_secs(30);

/// How often to look whether something has come true.
const INTERVAL: Duration = Duration::from_millis(25);

/// How the page's own requests fare; those of its workers are not touched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Network {
    /// They are answered.
    Good,
    /// They fail.
    Offline,
    /// They are not answered.
    Hanging,
}

/// A page, its workers, and everything they did.
#[derive(Debug)]
pub struct Page {
    connection: Connection,
    session: String,
    // Dropped after the connection's last command.
    process: Process,
}

impl Page {
    /// Starts a Chromium and opens an address in it.
    ///
    /// # Errors
    /// When there is no Chromium, or nothing at the address.
    pub fn open(url: &str) -> Result<Self> {
        let (process, commands, answers) = Process::start()?;
        let connection = Connection::new(commands, answers);
        let session = match attach(&connection) {
            Ok(session) => session,
            Err(error) => return Err(error.context(process.last_stderr()).context("Chromium did not start")),
        };
        let page = Self { connection, session, process };
        let downloads = page.process.downloads();
        fs::create_dir_all(&downloads)?;
        let allow = json!({"behavior": "allowAndName", "downloadPath": downloads, "eventsEnabled": true});
        page.connection.call(None, "Browser.setDownloadBehavior", allow)?;
        page.go(url)?;
        Ok(page)
    }

    /// Goes to another address.
    ///
    /// # Errors
    /// When it cannot be loaded.
    pub fn go(&self, url: &str) -> Result<()> {
        let answer = self.call("Page.navigate", json!({"url": url}))?;
        if let Some(error) = answer.get("errorText").and_then(Value::as_str) {
            bail!("{url}: {error}");
        }
        self.wait("document.readyState === 'complete'").map(drop)
    }

    /// Loads the same address again, fragment included.
    ///
    /// # Errors
    /// When it cannot be loaded.
    pub fn reload(&self) -> Result<()> {
        self.evaluate("void (window.beforeReload = true)")?;
        self.call("Page.reload", json!({}))?;
        self.wait("!window.beforeReload && document.readyState === 'complete'").map(drop)
    }

    /// The value of an expression, or of its promise, as JSON.
    ///
    /// # Errors
    /// When the script throws.
    pub fn evaluate(&self, expression: &str) -> Result<Value> {
        self.evaluate_in(&self.session, expression)
    }

    /// The value of an expression inside a worker.
    ///
    /// # Errors
    /// When the script throws or the worker is gone.
    pub fn evaluate_in_worker(&self, worker: &Target, expression: &str) -> Result<Value> {
        self.evaluate_in(&worker.session, expression)
    }

    /// Waits until an expression is true, as JavaScript understands it, and gives its value.
    ///
    /// # Errors
    /// If the condition is not met in time; the error contains what the page shows.
    pub fn wait(&self, expression: &str) -> Result<Value> {
        // A page that still loads evaluates nothing, which is not a failure.
        self.wait_for(expression, |page| Ok(page.evaluate(expression).ok().filter(is_true)))
    }

    /// Waits until there is a value; `what` names it in the error.
    ///
    /// # Errors
    /// When there is none in time, or looking fails.
    pub fn wait_for<T>(&self, what: &str, look: impl Fn(&Self) -> Result<Option<T>>) -> Result<T> {
        let deadline = Instant::now() + PATIENCE;
        while Instant::now() < deadline {
            if let Some(value) = look(self)? {
                return Ok(value);
            }
            thread::sleep(INTERVAL);
        }
        bail!("waited in vain: {what}\n{}", self.state())
    }

    /// Waits until the page has drawn the last change: two frames and the next idle callback.
    ///
    /// # Errors
    /// When the page does not answer.
    pub fn settle(&self) -> Result<()> {
        let frame = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => \
                     requestIdleCallback(() => done(true), {timeout: 500}))))";
        self.evaluate(frame).map(drop)
    }

    /// Waits for the next download and gives its name and content.
    ///
    /// # Errors
    /// When none completes.
    pub fn downloaded(&self) -> Result<(String, Vec<u8>)> {
        let next = |page: &Self| Ok(page.connection.journal().take_download());
        let download = self.wait_for("a download", next)?;
        let content = fs::read(self.process.downloads().join(&download.id))?;
        Ok((download.name, content))
    }

    /// Saves what the page shows as a PNG.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn screenshot(&self, path: &Path) -> Result<()> {
        let answer = self.call("Page.captureScreenshot", json!({"format": "png"}))?;
        let data = answer.get("data").and_then(Value::as_str).context("no screenshot")?;
        let data = base64::engine::general_purpose::STANDARD.decode(data)?;
        fs::write(path, data).with_context(|| format!("writing {}", path.display()))
    }

    /// What the page and its workers wrote to the console.
    #[must_use]
    pub fn messages(&self) -> Vec<Message> {
        self.connection.journal().messages.clone()
    }

    /// What the page and its workers fetched or tried to.
    #[must_use]
    pub fn requests(&self) -> Vec<Request> {
        self.connection.journal().requests.clone()
    }

    /// What the page holds after its garbage is collected, by the protocol's names: `JSHeapUsedSize`, `Nodes`,
    /// `JSEventListeners` and so on.
    ///
    /// # Errors
    /// When the browser refuses.
    pub fn holdings(&self) -> Result<BTreeMap<String, f64>> {
        self.call("Performance.enable", json!({}))?;
        // What is freed late (by a finalizer) is freed by the second time.
        for _ in 0..2 {
            self.call("HeapProfiler.collectGarbage", json!({}))?;
            self.settle()?;
        }
        let answer = self.call("Performance.getMetrics", json!({}))?;
        let metrics = answer.get("metrics").and_then(Value::as_array).into_iter().flatten();
        Ok(metrics
            .filter_map(|metric| {
                Some((metric.get("name")?.as_str()?.to_owned(), metric.get("value")?.as_f64()?))
            })
            .collect())
    }

    /// Lets the page's requests fail or hang.
    ///
    /// # Errors
    /// When the browser refuses.
    pub fn set_network(&self, network: Network) -> Result<()> {
        let latency = if network == Network::Hanging { 600_000 } else { 0 };
        let offline = network == Network::Offline;
        let conditions =
            json!({"offline": offline, "latency": latency, "downloadThroughput": -1, "uploadThroughput": -1});
        self.call("Network.emulateNetworkConditions", conditions).map(drop)
    }

    /// The page's workers that still run.
    #[must_use]
    pub fn workers(&self) -> Vec<Target> {
        let journal = self.connection.journal();
        journal.targets.iter().filter(|target| target.kind == "worker" && target.lives).cloned().collect()
    }

    pub(super) fn call(&self, method: &str, params: Value) -> Result<Value> {
        self.connection.call(Some(&self.session), method, params)
    }

    fn evaluate_in(&self, session: &str, expression: &str) -> Result<Value> {
        let params = json!({"expression": expression, "awaitPromise": true, "returnByValue": true});
        let answer = self.connection.call(Some(session), "Runtime.evaluate", params)?;
        if let Some(thrown) = answer.get("exceptionDetails") {
            bail!("{expression} threw {thrown}");
        }
        Ok(answer.pointer("/result/value").cloned().unwrap_or_default())
    }

    /// The page's address, text and console, for the message of a failure.
    fn state(&self) -> String {
        let shown = self.evaluate("location.href + '\\n' + document.body.innerText.slice(0, 2000)");
        let shown = shown.ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default();
        let lines: Vec<String> = self
            .messages()
            .iter()
            .map(|message| format!("{} {}: {}", message.from, message.level, message.text))
            .collect();
        format!("--- the page\n{shown}\n--- the console\n{}", lines.join("\n"))
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        // It may be gone already.
        let _ = self.connection.call(None, "Browser.close", json!({}));
    }
}

/// Makes a page and gives its session.
fn attach(connection: &Connection) -> Result<String> {
    let field = |answer: &Value, name: &str| answer.get(name).and_then(Value::as_str).map(str::to_owned);
    let target = connection.call(None, "Target.createTarget", json!({"url": "about:blank"}))?;
    let target = field(&target, "targetId").context("no page")?;
    let session = json!({"targetId": target, "flatten": true});
    let session = connection.call(None, "Target.attachToTarget", session)?;
    let session = field(&session, "sessionId").context("no session")?;
    connection.call(Some(&session), "Page.enable", json!({}))?;
    // The journal sends these commands at the same time; the answer confirms that they are in effect.
    let listens = connection.call(Some(&session), "Network.enable", json!({}));
    ensure!(listens.is_ok(), "the page does not report its requests");
    Ok(session)
}

fn is_true(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Bool(value) => *value,
        Value::Number(value) => value.as_f64() != Some(0.0),
        Value::String(value) => !value.is_empty(),
        Value::Array(_) | Value::Object(_) => true,
    }
}

/// The path of a file in the form that the protocol requires.
pub(super) fn absolute(paths: &[PathBuf]) -> Result<Vec<PathBuf>> {
    paths.iter().map(|path| path.canonicalize().with_context(|| format!("{}", path.display()))).collect()
}
