//! Everything asked of `unpdf`, the library that reads PDF files: no other file names it.
//!
//! The library sees one page at a time, turned upright, and no more of it than a plan can hold.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use unpdf::parser::backend::{
    BackendFontInfo, ContentOp, DecodedRun, DecodedText, GlyphAdvance, ObjectId, PageBox, PageContent, PageId,
    PaintedXObject, PdfBackend, PdfMetadataRaw, PdfValue, RawBackend, RawOutlineItem, RawXObject, ResourceScope,
    get_number_from_value,
};
use unpdf::parser::{LayoutAnalyzer, TextSpan};
use unpdf::{Error, ErrorKind, Result};

use super::drawing::Area;
use super::memo::Memo;
use super::turn::Turn;

/// Bytes of drawing on one page, forms counted each time they are painted.
const PAGE: usize = 4 << 20;
/// Bytes that the smallest form counts for: beginning and ending one is work too.
const FORM: usize = 4096;
/// Drawing operations on one page.
const OPERATIONS: usize = 400_000;
/// How deep arrays may be nested; the library goes down one call for each level.
const DEPTH: usize = 64;
/// Parts of the names of fonts that hold symbols instead of letters.
const SYMBOLS: [&str; 3] = ["symbol", "dings", "dingbat"];

/// An open file.
pub struct File(RawBackend);

/// Why a file was not opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unopened {
    Locked,
    Damaged,
}

/// Why a page was not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    Broken,
    TooMuch,
}

/// A page of a file, for [`Source::new`].
#[derive(Clone, Copy, Debug)]
pub struct PageKey(PageId);

/// A piece of print where the file puts it, in points of the upright page.
#[derive(Clone, Debug)]
pub struct Span {
    pub text: String,
    pub x: f32,
    pub y: f32,
    pub width: f32,
    /// Without the space after it, if the font says so.
    pub ink_width: Option<f32>,
    pub font_size: f32,
    /// Its direction: (1, 0) from left to right.
    pub direction: [f32; 2],
}

/// The print of a page, and how many pieces of text have no known letters.
pub struct Print {
    pub spans: Vec<Span>,
    pub unreadable: usize,
}

/// A drawing operation: `re`, with its numbers.
pub struct Operation(ContentOp);

/// What an operation paints by its name.
pub enum Painted {
    Form { form: Form, matrix: [f32; 6] },
    Image,
}

/// A drawing within the drawing, for [`Source::inside`].
pub struct Form {
    id: ObjectId,
    content: Vec<u8>,
}

/// A page, upright: its lower left corner is at (0, 0) whatever the file says.
pub struct Source<'a> {
    file: &'a RawBackend,
    page: PageId,
    turn: Turn,
    /// Bytes of drawing seen so far.
    seen: AtomicUsize,
    /// What its own drawing does besides text, with its bytes, once it was decoded for the print.
    drawn: Mutex<Option<(usize, Vec<ContentOp>)>>,
    texts: Memo<DecodedText>,
    advances: Memo<Option<Vec<GlyphAdvance>>>,
    vertical: Memo<bool>,
}

impl File {
    pub fn open(bytes: &[u8]) -> std::result::Result<File, Unopened> {
        RawBackend::load_bytes(bytes).map(File).map_err(|error| match error.kind() {
            ErrorKind::Encrypted | ErrorKind::InvalidPassword => Unopened::Locked,
            _ => Unopened::Damaged,
        })
    }

    /// Its pages with their numbers.
    pub fn pages(&self) -> Vec<(u32, PageKey)> {
        self.0.pages().into_iter().map(|(number, page)| (number, PageKey(page))).collect()
    }

    /// Whether it lists pages that are not there.
    pub fn lacks_pages(&self) -> bool {
        self.0.integrity().pages_incomplete()
    }
}

impl From<TextSpan> for Span {
    fn from(span: TextSpan) -> Span {
        let TextSpan { text, x, y, width, ink_width, font_size, direction, .. } = span;
        Span { text, x, y, width, ink_width, font_size, direction }
    }
}

impl Operation {
    pub fn name(&self) -> &str {
        &self.0.operator
    }

    pub fn numbers(&self) -> Vec<f32> {
        self.0.operands.iter().filter_map(get_number_from_value).collect()
    }
}

impl<'a> Source<'a> {
    /// The page, turned by this much beyond what it states itself.
    pub fn new(file: &'a File, PageKey(page): PageKey, turn: Turn) -> Source<'a> {
        let file = &file.0;
        let turn = Turn::of_degrees(file.page_rotation(page)).and(turn);
        Source {
            file,
            page,
            turn,
            seen: AtomicUsize::new(0),
            drawn: Mutex::default(),
            texts: Memo::default(),
            advances: Memo::default(),
            vertical: Memo::default(),
        }
    }

    /// The print of the page. If part of a page is lost, it is not read at all.
    pub fn print(&self) -> std::result::Result<Print, Refusal> {
        let reader = LayoutAnalyzer::new(self);
        let spans = reader.extract_page_spans(1);
        if reader.undecodable_content_streams() > 0 {
            return Err(self.refusal());
        }
        let spans = spans.map_err(|_| self.refusal())?.into_iter().map(Span::from).collect();
        Ok(Print { spans, unreadable: reader.suppressed_text_runs() })
    }

    /// What is drawn on the page besides text; forms must still be asked for by name.
    pub fn operations(&self) -> std::result::Result<Vec<Operation>, Refusal> {
        let drawn = self.drawn.lock().ok().and_then(|mut drawn| drawn.take());
        if let Some((bytes, operations)) = drawn {
            let may_be_seen = self.see(bytes);
            return may_be_seen.then(|| operations.into_iter().map(Operation).collect()).ok_or(Refusal::TooMuch);
        }
        let content = self.page_content(self.page).map_err(|_| self.refusal())?;
        let operations = self.decode_content(&content).map_err(|_| self.refusal())?;
        Ok(operations.into_iter().map(Operation).collect())
    }

    /// What an operation paints by its name.
    pub fn painted(&self, Operation(operation): &Operation) -> Option<Painted> {
        let Some(PdfValue::Name(name)) = operation.operands.first() else { return None };
        match self.xobject(operation.scope(self.page), name)? {
            PaintedXObject::Form(form) => {
                let content = form.content.unwrap_or_default();
                Some(Painted::Form { matrix: form.matrix, form: Form { id: form.id, content } })
            }
            PaintedXObject::Image => Some(Painted::Image),
            PaintedXObject::Other => None,
        }
    }

    /// What is drawn in a form; nothing if that is more than may be looked at.
    pub fn inside(&self, form: &Form) -> Vec<Operation> {
        let operations = self.decode_content(&form.content).unwrap_or_default();
        let of_form = |operation| Operation(ContentOp { form: Some(form.id), ..operation });
        operations.into_iter().map(of_form).collect()
    }

    fn refusal(&self) -> Refusal {
        if self.is_spent() { Refusal::TooMuch } else { Refusal::Broken }
    }

    /// Width and height as it is read, in points.
    pub fn size(&self) -> (f32, f32) {
        let page = self.crop_box(self.page);
        (page.width(), page.height())
    }

    /// Whether the page draws more than may be looked at.
    pub fn is_spent(&self) -> bool {
        self.seen.load(Ordering::Relaxed) > PAGE * 4
    }

    /// A character of a symbol font has no letter; in front of a line it is the bullet of a list.
    fn or_bullet(&self, text: DecodedText, scope: ResourceScope, font: &[u8]) -> DecodedText {
        let is_symbol = |name: &str| SYMBOLS.iter().any(|symbol| name.to_lowercase().contains(symbol));
        if text.suppressed.is_none() {
            return text;
        }
        let fonts = self.file.page_fonts(scope).unwrap_or_default();
        let is_bullet = fonts.iter().any(|own| own.name == font && is_symbol(&own.base_font));
        if is_bullet { DecodedText::text("•".into()) } else { text }
    }

    /// Counts these bytes; whether they may be looked at.
    fn see(&self, bytes: usize) -> bool {
        let counted = if bytes > PAGE { PAGE * 8 } else { bytes };
        self.seen.fetch_add(counted, Ordering::Relaxed);
        !self.is_spent()
    }
}

/// Whether an operation shows text.
fn is_text(operation: &ContentOp) -> bool {
    matches!(operation.operator.as_str(), "Tj" | "TJ" | "'" | "\"")
}

/// Whether arrays are nested no deeper than the library can go down.
pub fn is_flat(content: &[u8], most: usize) -> bool {
    let mut depth = 0_usize;
    for byte in content {
        depth = match byte {
            b'[' => depth + 1,
            b']' => depth.saturating_sub(1),
            _ => depth,
        };
        if depth > most {
            return false;
        }
    }
    true
}

fn too_much() -> Error {
    Error::Other("a page draws more than can be looked at".into())
}

impl PdfBackend for Source<'_> {
    fn pages(&self) -> BTreeMap<u32, PageId> {
        BTreeMap::from([(1, self.page)])
    }

    fn page_fonts(&self, scope: ResourceScope) -> Result<Vec<BackendFontInfo>> {
        self.file.page_fonts(scope)
    }

    fn page_content(&self, page: PageId) -> Result<Vec<u8>> {
        Ok(self.page_content_with_losses(page)?.data)
    }

    fn page_content_with_losses(&self, page: PageId) -> Result<PageContent> {
        let mut content = self.file.page_content_with_losses(page)?;
        let PageBox { llx, lly, urx, ury } = self.file.crop_box(page);
        let area = Area { left: llx, right: urx, bottom: lly, top: ury };
        let numbers = self.turn.matrix(&area).map(|number| number.to_string());
        let mut turned = format!("{} cm\n", numbers.join(" ")).into_bytes();
        turned.append(&mut content.data);
        Ok(PageContent { data: turned, undecodable_streams: content.undecodable_streams })
    }

    fn decode_content(&self, data: &[u8]) -> Result<Vec<ContentOp>> {
        // A page's own content comes before that of its forms.
        let is_first = self.seen.load(Ordering::Relaxed) == 0;
        if !self.see(data.len()) || !is_flat(data, DEPTH) {
            return Err(too_much());
        }
        let operations = self.file.decode_content(data)?;
        if operations.len() > OPERATIONS {
            self.see(PAGE + 1);
            return Err(too_much());
        }
        if is_first && let Ok(mut drawn) = self.drawn.lock() {
            let besides_text = operations.iter().filter(|operation| !is_text(operation)).cloned().collect();
            *drawn = Some((data.len(), besides_text));
        }
        Ok(operations)
    }

    fn decode_text(&self, scope: ResourceScope, font: &[u8], bytes: &[u8]) -> DecodedText {
        let read = || self.or_bullet(self.file.decode_text(scope, font, bytes), scope, font);
        self.texts.get((scope.form, font), bytes, read)
    }

    fn decode_run(&self, scope: ResourceScope, font: &[u8], bytes: &[u8]) -> DecodedRun {
        let run = self.file.decode_run(scope, font, bytes);
        if run.decoded.suppressed.is_none() {
            return run;
        }
        DecodedRun { decoded: self.or_bullet(run.decoded, scope, font), clusters: None, ..run }
    }

    fn glyph_advances(&self, scope: ResourceScope, font: &[u8], bytes: &[u8]) -> Option<Vec<GlyphAdvance>> {
        self.advances.get((scope.form, font), bytes, || self.file.glyph_advances(scope, font, bytes))
    }

    fn is_vertical_font(&self, scope: ResourceScope, font: &[u8]) -> bool {
        self.vertical.get((scope.form, font), &[], || self.file.is_vertical_font(scope, font))
    }

    fn metadata(&self) -> PdfMetadataRaw {
        PdfMetadataRaw::default()
    }

    fn page_box(&self, page: PageId) -> PageBox {
        self.crop_box(page)
    }

    fn crop_box(&self, page: PageId) -> PageBox {
        let own = self.file.crop_box(page);
        let (urx, ury) = match self.turn {
            Turn::None | Turn::Half => (own.width(), own.height()),
            Turn::Quarter | Turn::ThreeQuarters => (own.height(), own.width()),
        };
        PageBox { llx: 0.0, lly: 0.0, urx, ury }
    }

    fn outline(&self) -> Result<Vec<RawOutlineItem>> {
        Ok(Vec::new())
    }

    fn page_xobjects(&self, _page: PageId) -> Result<Vec<RawXObject>> {
        Ok(Vec::new())
    }

    /// A form is counted every time it is painted: with forms in forms in forms a small file can draw without end.
    fn xobject(&self, scope: ResourceScope, name: &[u8]) -> Option<PaintedXObject> {
        if self.is_spent() {
            return None;
        }
        let painted = self.file.xobject(scope, name)?;
        if let PaintedXObject::Form(form) = &painted {
            let drawn = form.content.as_ref().map_or(0, Vec::len);
            if !self.see(drawn.max(FORM)) {
                return None;
            }
        }
        Some(painted)
    }
}
