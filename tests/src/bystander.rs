//! A listener that nobody has any business with: it counts who came.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result};

/// Another origin on this machine, which welcomes everybody.
#[derive(Debug)]
pub struct Bystander {
    addr: SocketAddr,
    visits: Arc<AtomicU32>,
}

impl Bystander {
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
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}/x", self.addr)
    }

    /// How many connections came. It makes one itself first: whatever came before it is counted by then.
    ///
    /// # Errors
    /// When the listener is gone.
    pub fn visits(&self) -> Result<u32> {
        let mut own = TcpStream::connect(self.addr)?;
        own.write_all(b"GET / HTTP/1.1\r\n\r\n")?;
        own.read_to_end(&mut Vec::new())?;
        Ok(self.visits.fetch_sub(1, Ordering::SeqCst) - 1)
    }
}

fn welcome(mut stream: TcpStream) -> std::io::Result<()> {
    stream.set_read_timeout(Some(Duration::from_secs(1)))?;
    let _ = stream.read(&mut [0; 4096])?;
    stream.write_all(
        b"HTTP/1.1 200 OK\r\nAccess-Control-Allow-Origin: *\r\nContent-Length: 2\r\nConnection: close\r\n\r\nhi",
    )
}
