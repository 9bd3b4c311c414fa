//! HTTP/1.1 over one kept connection, with nothing that costs the generator time.

use std::{
    io::{Read, Write},
    net::TcpStream,
};

/// A kept connection.
pub struct Connection {
    stream: TcpStream,
    address: String,
    buffer: Vec<u8>,
}

/// An answer.
pub struct Reply {
    pub status: u16,
    pub location: Option<String>,
    /// A `Cookie` header line for requests that follow.
    pub cookie: Option<String>,
    pub body: Vec<u8>,
    /// Bytes on the wire, head and body.
    pub bytes: usize,
}

impl Connection {
    pub fn open(address: &str) -> Self {
        let stream = TcpStream::connect(address).expect("the server is there");
        stream.set_nodelay(true).expect("a socket option");
        Self {
            stream,
            address: address.to_owned(),
            buffer: Vec::with_capacity(64 * 1024),
        }
    }

    pub fn get(&mut self, path: &str, headers: &str) -> Reply {
        let request = format!(
            "GET {path} HTTP/1.1\r\nHost: {}\r\n{headers}\r\n",
            self.address
        );
        self.send(&request)
    }

    pub fn post(&mut self, path: &str, headers: &str, body: &str) -> Reply {
        let request = format!(
            "POST {path} HTTP/1.1\r\nHost: {0}\r\nOrigin: http://{0}\r\n{headers}\
             Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {1}\r\n\r\n{body}",
            self.address,
            body.len()
        );
        self.send(&request)
    }

    fn send(&mut self, request: &str) -> Reply {
        self.stream
            .write_all(request.as_bytes())
            .expect("the request is sent");
        self.buffer.clear();
        let mut chunk = [0; 32 * 1024];
        let (head_end, length) = loop {
            let count = self.stream.read(&mut chunk).expect("an answer");
            assert!(count > 0, "the server closed the connection");
            self.buffer.extend_from_slice(&chunk[..count]);
            if let Some(end) = find(&self.buffer, b"\r\n\r\n") {
                let head = String::from_utf8_lossy(&self.buffer[..end]);
                let length = header(&head, "content-length").map_or(0, |v| v.parse().unwrap_or(0));
                break (end + 4, length);
            }
        };
        while self.buffer.len() < head_end + length {
            let count = self.stream.read(&mut chunk).expect("a body");
            assert!(count > 0, "the server closed the connection");
            self.buffer.extend_from_slice(&chunk[..count]);
        }
        let head = String::from_utf8_lossy(&self.buffer[..head_end]).into_owned();
        let status = head
            .get(9..12)
            .and_then(|code| code.parse().ok())
            .expect("a status");
        let cookie = header(&head, "set-cookie").and_then(|value| {
            value
                .split(';')
                .next()
                .map(|pair| format!("Cookie: {pair}\r\n"))
        });
        Reply {
            status,
            location: header(&head, "location"),
            cookie,
            body: self.buffer[head_end..head_end + length].to_vec(),
            bytes: head_end + length,
        }
    }
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes
        .windows(wanted.len())
        .position(|window| window == wanted)
}

fn header(head: &str, name: &str) -> Option<String> {
    head.lines().find_map(|line| {
        let (given, value) = line.split_once(':')?;
        given
            .eq_ignore_ascii_case(name)
            .then(|| value.trim().to_owned())
    })
}
