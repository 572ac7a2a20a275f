//! Records the console messages, requests and downloads of a page and its workers.

use serde_json::{Value, json};

/// Something that a script, or the browser on its behalf, wrote to the console.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// `page` or `worker`.
    pub from: String,
    /// `error`, `warning`, `info`, `log` and so on; an uncaught exception is an `error`.
    pub level: String,
    /// The text.
    pub text: String,
}

/// Something that was fetched, or was to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// `page` or `worker`.
    pub from: String,
    /// The address.
    pub url: String,
    /// Why it failed, where it did.
    pub failure: Option<String>,
    id: String,
}

/// A page or worker that runs or ran.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// `page`, `worker` and so on.
    pub kind: String,
    /// Its script or document.
    pub url: String,
    /// Whether it still runs.
    pub lives: bool,
    pub(super) session: String,
}

/// A file that the page gave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Download {
    /// The name that the page suggested.
    pub(super) name: String,
    /// The name that it has on the disk.
    pub(super) id: String,
    complete: bool,
}

/// A command that follows from an event.
#[derive(Debug)]
pub(super) struct Command {
    pub(super) session: String,
    pub(super) method: &'static str,
    pub(super) params: Value,
}

/// The lists, in the order of events.
#[derive(Debug, Default)]
pub(super) struct Journal {
    pub(super) messages: Vec<Message>,
    pub(super) requests: Vec<Request>,
    pub(super) targets: Vec<Target>,
    downloads: Vec<Download>,
}

impl Journal {
    /// Records an event and returns the commands that have to follow it.
    pub(super) fn note(&mut self, session: Option<&str>, method: &str, event: &Value) -> Vec<Command> {
        let from = self.kind_of(session);
        match method {
            "Target.attachedToTarget" => return self.attached(event),
            "Target.detachedFromTarget" => {
                let gone = text(event, "/sessionId");
                self.targets
                    .iter_mut()
                    .filter(|target| target.session == gone)
                    .for_each(|target| target.lives = false);
            }
            "Runtime.consoleAPICalled" => {
                let arguments = event.pointer("/args").and_then(Value::as_array).into_iter().flatten();
                let texts: Vec<String> = arguments.map(spoken).collect();
                self.push_message(from, text(event, "/type"), texts.join(" "));
            }
            "Runtime.exceptionThrown" => {
                let short = text(event, "/exceptionDetails/text");
                let long = text(event, "/exceptionDetails/exception/description");
                self.push_message(from, "error".to_owned(), format!("{short} {long}"));
            }
            "Log.entryAdded" => {
                let place = text(event, "/entry/url");
                let message = format!("{} {place}", text(event, "/entry/text"));
                self.push_message(from, text(event, "/entry/level"), message);
            }
            "Network.requestWillBeSent" => self.requests.push(Request {
                from,
                url: text(event, "/request/url"),
                failure: None,
                id: text(event, "/requestId"),
            }),
            "Network.loadingFailed" => {
                let id = text(event, "/requestId");
                let why = format!("{} {}", text(event, "/errorText"), text(event, "/blockedReason"));
                self.requests
                    .iter_mut()
                    .filter(|request| request.id == id)
                    .for_each(|request| request.failure = Some(why.trim().to_owned()));
            }
            "Browser.downloadWillBegin" => self.downloads.push(Download {
                name: text(event, "/suggestedFilename"),
                complete: false,
                id: text(event, "/guid"),
            }),
            "Browser.downloadProgress" if text(event, "/state") == "completed" => {
                let id = text(event, "/guid");
                self.downloads
                    .iter_mut()
                    .filter(|download| download.id == id)
                    .for_each(|download| download.complete = true);
            }
            _ => {}
        }
        Vec::new()
    }

    /// The oldest complete download, once.
    pub(super) fn take_download(&mut self) -> Option<Download> {
        let at = self.downloads.iter().position(|download| download.complete)?;
        Some(self.downloads.remove(at))
    }

    fn attached(&mut self, event: &Value) -> Vec<Command> {
        let session = text(event, "/sessionId");
        self.targets.push(Target {
            kind: text(event, "/targetInfo/type"),
            url: text(event, "/targetInfo/url"),
            lives: true,
            session: session.clone(),
        });
        listening()
            .into_iter()
            .map(|(method, params)| Command { session: session.clone(), method, params })
            .collect()
    }

    fn kind_of(&self, session: Option<&str>) -> String {
        let known = self.targets.iter().find(|target| Some(target.session.as_str()) == session);
        known.map_or_else(|| "browser".to_owned(), |target| target.kind.clone())
    }

    fn push_message(&mut self, from: String, level: String, text: String) {
        self.messages.push(Message { from, level, text });
    }
}

/// The commands that enable all events of a target and of its workers, each of which waits until it is attached to.
fn listening() -> [(&'static str, Value); 5] {
    let workers = json!({"autoAttach": true, "waitForDebuggerOnStart": true, "flatten": true});
    [
        ("Runtime.enable", json!({})),
        ("Log.enable", json!({})),
        ("Network.enable", json!({})),
        ("Target.setAutoAttach", workers),
        ("Runtime.runIfWaitingForDebugger", json!({})),
    ]
}

/// The console's own rendering of one argument, more or less.
fn spoken(argument: &Value) -> String {
    match argument.get("value") {
        Some(Value::String(value)) => value.clone(),
        Some(value) => value.to_string(),
        None => text(argument, "/description"),
    }
}

fn text(event: &Value, pointer: &str) -> String {
    event.pointer(pointer).and_then(Value::as_str).unwrap_or_default().to_owned()
}
