//! A listener on a foreign origin that counts its connections: tests expect none.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result};

/// Another origin on this machine, which accepts every connection.
#[derive(Debug)]
pub struct ForeignOrigin {
    addr: SocketAddr,
    visits: Arc<AtomicU32>,
}

impl ForeignOrigin {
    /// Begins to listen, until the process ends.
    ///
    /// # Errors
    /// When no port is free.
    pub fn listen() -> Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").context("no free port")?;
        let addr = listener.local_addr()?;
        let visits = Arc::new(AtomicU32::new(0));
        let count = Arc::clone(&visits);
        thread::spawn(move || {
            for stream in listener.incoming() {
                count.fetch_add(1, Ordering::SeqCst);
                let _ = stream.and_then(welcome);
            }
        });
        Ok(Self { addr, visits })
    }

    /// An address there, which any origin may read.
    fn url(&self) -> String {
        format!("http://{}/x", self.addr)
    }

    /// Scripts that try to connect to it, each of which returns `allowed` or `blocked`.
    #[must_use]
    pub fn ways_out_of_a_worker(&self) -> Vec<String> {
        let url = self.url();
        let socket = url.replace("http:", "ws:");
        vec![
            format!("fetch('{url}', {{mode: 'no-cors'}}).then(() => 'allowed', () => 'blocked')"),
            outcome_of(&format!(
                "const way = new XMLHttpRequest(); way.onload = allowed; way.onerror = blocked; \
                 way.open('GET', '{url}'); way.send();"
            )),
            outcome_of(&format!(
                "const way = new WebSocket('{socket}'); way.onopen = allowed; way.onerror = blocked;"
            )),
            outcome_of(&format!(
                "const way = new EventSource('{url}'); way.onopen = allowed; way.onerror = blocked;"
            )),
            format!("import('{url}').then(() => 'allowed', () => 'blocked')"),
        ]
    }

    /// The same scripts, and those that work in a page only.
    ///
    /// A frame is not among them: the policy refuses it, but Chromium opens a connection before it checks the policy,
    /// and sends nothing on it.
    #[must_use]
    pub fn ways_out_of_a_page(&self) -> Vec<String> {
        let url = self.url();
        let element = |name: &str, place: &str| {
            outcome_of(&format!(
                "const way = document.createElement('{name}'); way.onload = allowed; way.onerror = blocked; \
                 addEventListener('securitypolicyviolation', blocked, {{once: true}}); {place}; \
                 document.body.append(way);"
            ))
        };
        let source = format!("way.src = '{url}'");
        let link = format!("way.rel = 'stylesheet'; way.href = '{url}'");
        let mut ways = self.ways_out_of_a_worker();
        ways.extend(["img", "script", "video"].map(|name| element(name, &source)));
        ways.push(element("link", &link));
        ways.push(outcome_of(&format!(
            "addEventListener('securitypolicyviolation', blocked, {{once: true}}); \
             navigator.sendBeacon('{url}', 'x');"
        )));
        ways
    }

    /// The number of connections. It first makes one itself, so that all earlier ones are counted.
    ///
    /// # Errors
    /// If the listener has ended.
    pub fn visits(&self) -> Result<u32> {
        let mut own = TcpStream::connect(self.addr)?;
        own.write_all(b"GET / HTTP/1.1\r\n\r\n")?;
        own.read_to_end(&mut Vec::new())?;
        Ok(self.visits.fetch_sub(1, Ordering::SeqCst) - 1)
    }
}

/// A promise that one of two callbacks, `allowed` and `blocked`, fulfils.
fn outcome_of(script: &str) -> String {
    format!(
        "new Promise(done => {{ const allowed = () => done('allowed'), blocked = () => done('blocked'); \
         try {{ {script} }} catch (refused) {{ blocked(); }} }})"
    )
}

fn welcome(mut stream: TcpStream) -> std::io::Result<()> {
    stream.set_read_timeout(Some(Duration::from_secs(1)))?;
    let _ = stream.read(&mut [0; 4096])?;
    stream.write_all(
        b"HTTP/1.1 200 OK\r\nAccess-Control-Allow-Origin: *\r\nContent-Length: 2\r\nConnection: close\r\n\r\nhi",
    )
}
