//! One page of a file as the library sees it: turned upright, and no more of it than a plan can hold.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};

use unpdf::parser::backend::{
    BackendFontInfo, ContentOp, DecodedRun, DecodedText, GlyphAdvance, PageBox, PageContent, PageId, PaintedXObject,
    PdfBackend, PdfMetadataRaw, RawBackend, RawOutlineItem, RawXObject, ResourceScope,
};
use unpdf::{Error, Result};

/// Bytes of drawing on one page, forms counted each time they are painted.
const PAGE: usize = 4 << 20;
/// Bytes that the smallest form counts for: to begin and end one is work, too.
const FORM: usize = 4096;
/// Drawing operations on one page.
const OPERATIONS: usize = 400_000;
/// How deep arrays may stand in arrays; the library goes down one call for each.
const DEPTH: usize = 64;
/// Parts of the names of fonts that hold signs instead of letters.
const SYMBOLS: [&str; 3] = ["symbol", "dings", "dingbat"];

/// How far clockwise a page is turned to be read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Turn {
    #[default]
    None,
    Quarter,
    Half,
    ThreeQuarters,
}

/// A page, upright: its lower left corner is at (0, 0) whatever the file says.
pub struct Source<'a> {
    file: &'a RawBackend,
    page: PageId,
    turn: Turn,
    /// Bytes of drawing seen so far.
    seen: AtomicUsize,
}

impl Turn {
    /// From degrees, as a page states them.
    pub fn of_degrees(degrees: u16) -> Turn {
        match degrees % 360 {
            90 => Turn::Quarter,
            180 => Turn::Half,
            270 => Turn::ThreeQuarters,
            _ => Turn::None,
        }
    }

    pub fn and(self, other: Turn) -> Turn {
        Turn::of_degrees(self.degrees() + other.degrees())
    }

    fn degrees(self) -> u16 {
        match self {
            Turn::None => 0,
            Turn::Quarter => 90,
            Turn::Half => 180,
            Turn::ThreeQuarters => 270,
        }
    }

    /// The change of coordinates that turns what is in this box, with its corner then at (0, 0).
    fn matrix(self, page: PageBox) -> [f32; 6] {
        match self {
            Turn::None => [1.0, 0.0, 0.0, 1.0, -page.llx, -page.lly],
            Turn::Quarter => [0.0, -1.0, 1.0, 0.0, -page.lly, page.urx],
            Turn::Half => [-1.0, 0.0, 0.0, -1.0, page.urx, page.ury],
            Turn::ThreeQuarters => [0.0, 1.0, -1.0, 0.0, page.ury, -page.llx],
        }
    }
}

impl<'a> Source<'a> {
    /// The page, turned by this much beyond what it states itself.
    pub fn new(file: &'a RawBackend, page: PageId, turn: Turn) -> Source<'a> {
        let turn = Turn::of_degrees(file.page_rotation(page)).and(turn);
        Source { file, page, turn, seen: AtomicUsize::new(0) }
    }

    /// What is drawn on the page; forms are still to be asked for by name.
    pub fn operations(&self) -> Result<Vec<ContentOp>> {
        self.decode_content(&self.page_content(self.page)?)
    }

    pub fn scope(&self, operation: &ContentOp) -> ResourceScope {
        operation.scope(self.page)
    }

    /// Width and height as it is read, in points.
    pub fn size(&self) -> (f32, f32) {
        let page = self.crop_box(self.page);
        (page.width(), page.height())
    }

    /// Whether the page draws more than was looked at.
    pub fn is_spent(&self) -> bool {
        self.seen.load(Ordering::Relaxed) > PAGE * 4
    }

    /// A sign of a symbol font has no letter; in front of a line it is the bullet of a list.
    fn or_bullet(&self, text: DecodedText, scope: ResourceScope, font: &[u8]) -> DecodedText {
        let is_symbol = |name: &str| SYMBOLS.iter().any(|symbol| name.to_lowercase().contains(symbol));
        if text.suppressed.is_none() {
            return text;
        }
        let fonts = self.file.page_fonts(scope).unwrap_or_default();
        let is_bullet = fonts.iter().any(|own| own.name == font && is_symbol(&own.base_font));
        if is_bullet { DecodedText::text("•".into()) } else { text }
    }

    /// Counts; whether it may be looked at.
    fn see(&self, bytes: usize) -> bool {
        let counted = if bytes > PAGE { PAGE * 8 } else { bytes };
        self.seen.fetch_add(counted, Ordering::Relaxed);
        !self.is_spent()
    }
}

/// Whether arrays stand in arrays no deeper than the library can go down.
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
        let numbers = self.turn.matrix(self.file.crop_box(page)).map(|number| number.to_string());
        let mut turned = format!("{} cm\n", numbers.join(" ")).into_bytes();
        turned.append(&mut content.data);
        Ok(PageContent { data: turned, undecodable_streams: content.undecodable_streams })
    }

    fn decode_content(&self, data: &[u8]) -> Result<Vec<ContentOp>> {
        if !self.see(data.len()) || !is_flat(data, DEPTH) {
            return Err(too_much());
        }
        let operations = self.file.decode_content(data)?;
        if operations.len() > OPERATIONS {
            self.see(PAGE + 1);
            return Err(too_much());
        }
        Ok(operations)
    }

    fn decode_text(&self, scope: ResourceScope, font: &[u8], bytes: &[u8]) -> DecodedText {
        self.or_bullet(self.file.decode_text(scope, font, bytes), scope, font)
    }

    fn decode_run(&self, scope: ResourceScope, font: &[u8], bytes: &[u8]) -> DecodedRun {
        let run = self.file.decode_run(scope, font, bytes);
        if run.decoded.suppressed.is_none() {
            return run;
        }
        DecodedRun { decoded: self.or_bullet(run.decoded, scope, font), clusters: None, ..run }
    }

    fn glyph_advances(&self, scope: ResourceScope, font: &[u8], bytes: &[u8]) -> Option<Vec<GlyphAdvance>> {
        self.file.glyph_advances(scope, font, bytes)
    }

    fn is_vertical_font(&self, scope: ResourceScope, font: &[u8]) -> bool {
        self.file.is_vertical_font(scope, font)
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

    /// A form is counted every time it is painted: forms in forms in forms are how a small file draws without end.
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
