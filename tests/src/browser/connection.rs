//! The DevTools protocol over a pipe: one JSON text after another, each ended by a zero byte.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::process::{ChildStdin, ChildStdout};
use std::sync::mpsc::{self, Sender};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result, anyhow};
use serde_json::{Value, json};

use super::journal::Journal;

/// How long an answer may take: far more than any takes.
const PATIENCE: Duration = Duration::from_secs(60);

/// Commands in, answers and events out.
#[derive(Debug)]
pub(super) struct Connection(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    state: Mutex<State>,
    journal: Mutex<Journal>,
}

#[derive(Debug)]
struct State {
    /// Gone once Chromium is.
    pipe: Option<ChildStdin>,
    last_id: u64,
    waiting: BTreeMap<u64, Waiting>,
}

/// Who waits for an answer, and from which session.
#[derive(Debug)]
struct Waiting {
    session: Option<String>,
    answer: Sender<Value>,
}

impl Connection {
    pub(super) fn new(pipe: ChildStdin, answers: ChildStdout) -> Self {
        let state = State { pipe: Some(pipe), last_id: 0, waiting: BTreeMap::new() };
        let shared = Arc::new(Shared { state: Mutex::new(state), journal: Mutex::default() });
        let reader = Arc::clone(&shared);
        thread::spawn(move || {
            read(&reader, answers);
            // Pending calls end with an error because their channel is closed.
            let mut state = lock(&reader.state);
            state.pipe = None;
            state.waiting.clear();
        });
        Self(shared)
    }

    /// Gives a command to the browser, or to one session of it, and waits for the answer.
    pub(super) fn call(&self, session: Option<&str>, method: &str, params: Value) -> Result<Value> {
        let (sender, answer) = mpsc::channel();
        lock(&self.0.state).send(session, method, params, Some(sender))?;
        let answer =
            answer.recv_timeout(PATIENCE).map_err(|_| anyhow!("no answer to {method}: too slow, or gone"))?;
        match answer.get("error") {
            Some(error) => Err(anyhow!("{method}: {error}")),
            None => Ok(answer.get("result").cloned().unwrap_or_default()),
        }
    }

    /// What was seen so far.
    pub(super) fn journal(&self) -> MutexGuard<'_, Journal> {
        lock(&self.0.journal)
    }
}

impl State {
    fn send(
        &mut self,
        session: Option<&str>,
        method: &str,
        params: Value,
        answer: Option<Sender<Value>>,
    ) -> Result<()> {
        self.last_id += 1;
        let mut command = json!({"id": self.last_id, "method": method, "params": params});
        if let (Some(session), Some(fields)) = (session, command.as_object_mut()) {
            fields.insert("sessionId".to_owned(), session.into());
        }
        let mut text = command.to_string();
        text.push('\0');
        if let Some(answer) = answer {
            let session = session.map(str::to_owned);
            self.waiting.insert(self.last_id, Waiting { session, answer });
        }
        let pipe = self.pipe.as_mut().context("Chromium is gone")?;
        pipe.write_all(text.as_bytes()).context("Chromium is gone")
    }
}

fn read(shared: &Shared, answers: ChildStdout) {
    let mut answers = BufReader::new(answers);
    let mut text = Vec::new();
    while matches!(answers.read_until(0, &mut text), Ok(count) if count > 0) {
        let message = serde_json::from_slice(text.strip_suffix(b"\0").unwrap_or(&text));
        text.clear();
        let Ok(message): Result<Value, _> = message else { continue };
        if let Some(id) = message.get("id").and_then(Value::as_u64) {
            if let Some(waiting) = lock(&shared.state).waiting.remove(&id) {
                let _ = waiting.answer.send(message);
            }
            continue;
        }
        let field = |name| message.get(name).and_then(Value::as_str);
        let (session, method) = (field("sessionId"), field("method").unwrap_or_default());
        let params = message.get("params").cloned().unwrap_or_default();
        let commands = lock(&shared.journal).note(session, method, &params);
        let mut state = lock(&shared.state);
        if method == "Target.detachedFromTarget" {
            let gone = params.get("sessionId").and_then(Value::as_str);
            state.waiting.retain(|_, waiting| waiting.session.as_deref() != gone);
        }
        for command in commands {
            // A worker may have ended before the command reaches it.
            let _ = state.send(Some(&command.session), command.method, command.params, None);
        }
    }
}

/// A test that panicked elsewhere is reported there.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
