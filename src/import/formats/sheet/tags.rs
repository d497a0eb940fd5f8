//! The tags of an XML part, one after another, without building a tree: a part may be large and deeply nested.

use std::borrow::Cow;

/// What comes next in the part.
#[derive(Debug)]
pub enum Piece<'a> {
    Open(Tag<'a>),
    /// The name of the element that ends. One that closes itself (`<a/>`) gives this too.
    Close(&'a str),
    Text(Cow<'a, str>),
}

/// An opening tag.
#[derive(Clone, Copy, Debug)]
pub struct Tag<'a> {
    /// Without the namespace's prefix.
    pub name: &'a str,
    attributes: &'a str,
}

/// Walks through a part; ends where the part does, even if it breaks off inside a tag.
#[derive(Debug)]
pub struct Tags<'a> {
    rest: &'a str,
    /// The name of a tag that closed itself, to be reported next.
    closed: Option<&'a str>,
}

impl<'a> Tags<'a> {
    pub fn new(xml: &'a str) -> Tags<'a> {
        Tags { rest: xml, closed: None }
    }

    /// Skips to the end of the element that was just opened, whatever it holds.
    pub fn leave(&mut self, name: &str) {
        let mut depth = 1_usize;
        for piece in self.by_ref() {
            match piece {
                Piece::Open(tag) if tag.name == name => depth += 1,
                Piece::Close(closed) if closed == name => depth -= 1,
                Piece::Open(_) | Piece::Close(_) | Piece::Text(_) => {}
            }
            if depth == 0 {
                return;
            }
        }
    }

    /// The text up to the end of the element that was just opened.
    pub fn text_of(&mut self, name: &str) -> String {
        let mut text = String::new();
        for piece in self.by_ref() {
            match piece {
                Piece::Text(words) => text.push_str(&words),
                Piece::Close(closed) if closed == name => break,
                Piece::Open(_) | Piece::Close(_) => {}
            }
        }
        text
    }

    fn past(&mut self, end: &str) {
        self.rest = memchr::memmem::find(self.rest.as_bytes(), end.as_bytes())
            .and_then(|at| self.rest.get(at + end.len()..))
            .unwrap_or("");
    }

    fn cdata(&mut self) -> Option<Piece<'a>> {
        let inside = self.rest.strip_prefix("<![CDATA[")?;
        let end = memchr::memmem::find(inside.as_bytes(), b"]]>").unwrap_or(inside.len());
        self.rest = inside.get(end + 3..).unwrap_or("");
        inside.get(..end).map(|text| Piece::Text(Cow::Borrowed(text)))
    }

    fn tag(&mut self) -> Option<Piece<'a>> {
        let end = tag_end(self.rest)?;
        let inside = self.rest.get(1..end)?;
        self.rest = self.rest.get(end + 1..).unwrap_or("");
        if let Some(name) = inside.strip_prefix('/') {
            return Some(Piece::Close(local(name.trim_end())));
        }
        let body = inside.strip_suffix('/');
        let (name, attributes) = split_name(body.unwrap_or(inside));
        let tag = Tag { name: local(name), attributes };
        self.closed = body.map(|_| tag.name);
        Some(Piece::Open(tag))
    }
}

impl<'a> Iterator for Tags<'a> {
    type Item = Piece<'a>;

    fn next(&mut self) -> Option<Piece<'a>> {
        if let Some(name) = self.closed.take() {
            return Some(Piece::Close(name));
        }
        loop {
            if self.rest.is_empty() {
                return None;
            }
            if self.rest.starts_with("<![CDATA[") {
                return self.cdata();
            } else if self.rest.starts_with("<!--") {
                self.past("-->");
            } else if self.rest.starts_with("<?") {
                self.past("?>");
            } else if self.rest.starts_with("<!") {
                self.past(">");
            } else if self.rest.starts_with('<') {
                return self.tag();
            } else {
                let end = memchr::memchr(b'<', self.rest.as_bytes()).unwrap_or(self.rest.len());
                let (text, rest) = self.rest.split_at_checked(end)?;
                self.rest = rest;
                return Some(Piece::Text(plain(text)));
            }
        }
    }
}

impl<'a> Tag<'a> {
    /// The value of the first attribute with this name, whatever its prefix.
    pub fn get(&self, name: &str) -> Option<Cow<'a, str>> {
        self.attributes_called(name).next()
    }

    /// The values of all attributes with this name, which can occur with several prefixes.
    pub fn attributes_called(&self, name: &str) -> impl Iterator<Item = Cow<'a, str>> {
        let mut rest = self.attributes;
        let pairs = std::iter::from_fn(move || {
            let (key, after) = rest.split_once('=')?;
            let after = after.trim_start();
            let quote = after.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
            let (value, next) = after.get(1..)?.split_once(quote)?;
            rest = next;
            Some((local(key.trim()), value))
        });
        pairs.filter(move |(key, _)| *key == name).map(|(_, value)| plain(value))
    }

    /// The value of an attribute that holds a number; `None` where it is not a number or a huge one.
    pub fn number(&self, name: &str) -> Option<u32> {
        self.get(name)?.trim().parse().ok()
    }

    /// Whether an attribute says yes as XML does.
    pub fn is_set(&self, name: &str) -> bool {
        self.get(name).is_some_and(|value| matches!(value.trim(), "1" | "true" | "on"))
    }
}

/// Where a tag ends: at the first `>` that is not inside quotes.
fn tag_end(rest: &str) -> Option<usize> {
    let bytes = rest.as_bytes();
    let mut from = 1;
    loop {
        let at = from + memchr::memchr3(b'>', b'"', b'\'', bytes.get(from..)?)?;
        match bytes.get(at)? {
            b'>' => return Some(at),
            quote => from = at + 2 + memchr::memchr(*quote, bytes.get(at + 1..)?)?,
        }
    }
}

fn split_name(inside: &str) -> (&str, &str) {
    inside.split_once(|c: char| c.is_ascii_whitespace()).unwrap_or((inside, ""))
}

fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

/// Text with its entities resolved; only XML's own five and numbers exist, as no part may declare others.
fn plain(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        plain.push_str(before);
        let found = after.split_once(';').and_then(|(name, next)| entity(name).map(|c| (c, next)));
        rest = if let Some((c, next)) = found {
            plain.push(c);
            next
        } else {
            plain.push('&');
            after
        };
    }
    plain.push_str(rest);
    Cow::Owned(plain)
}

fn entity(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(xml: &str) -> String {
        let show = |piece: Piece| match piece {
            Piece::Open(tag) => format!("<{} {}>", tag.name, tag.get("r").unwrap_or_default()),
            Piece::Close(name) => format!("</{name}>"),
            Piece::Text(text) => text.into_owned(),
        };
        Tags::new(xml).map(show).collect()
    }

    #[test]
    fn tags_text_entities_and_comments_are_distinguished() {
        let xml = "<?xml version='1.0'?><!-- <x> --><x:row a='>' r = \"A&amp;1\"><c/>x &lt; &#163;&#x41;&no;<![CDATA[<b>]]></x:row>";
        assert_eq!(seen(xml), "<row A&1><c ></c>x < £A&no;<b></row>");
    }

    #[test]
    fn a_broken_part_ends_and_an_element_can_be_skipped() {
        assert_eq!(seen("<a><b r=\"1"), "<a >");
        assert_eq!(seen("<a><b r=1>x"), "<a ><b >x");
        let mut tags = Tags::new("<a><a>in</a></a>after");
        tags.next();
        tags.leave("a");
        assert!(matches!(tags.next(), Some(Piece::Text(text)) if text == "after"));
    }
}
