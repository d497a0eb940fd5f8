//! The colours that a Word document names by role ("accent6") and not by value.

use std::collections::HashMap;

use roxmltree::Node;

use crate::import::formats::zip_parts::Package;
use crate::import::formats::{shade, xml};
use crate::problem::Problem;

/// The colours of the roles, as six hexadecimal digits.
#[derive(Clone, Debug, Default)]
pub struct Theme {
    colours: HashMap<String, String>,
}

impl Theme {
    pub fn read(package: &mut Package, part: Option<&str>) -> Result<Theme, Problem> {
        let Some(text) = part.map(|part| package.text(part)).transpose()?.flatten() else {
            return Ok(Theme::default());
        };
        let tree = xml::parse(&text)?;
        let mut colours = HashMap::new();
        for role in xml::all(tree.root_element(), "clrScheme").flat_map(|scheme| scheme.children()) {
            let colour = role
                .children()
                .find_map(|colour| xml::attribute(colour, "lastClr").or_else(|| xml::attribute(colour, "val")));
            colours.extend(colour.map(|colour| (xml::name(role).to_owned(), colour.to_owned())));
        }
        Ok(Theme { colours })
    }

    /// The word for the fill colour of a `shd` element; `None` for none, white and grey.
    pub fn fill(&self, shading: Node) -> Option<&'static str> {
        let said = |name: &str| xml::attribute(shading, name);
        if said("val") == Some("solid") {
            return self.colour(said("color"), said("themeColor"), said("themeTint"), said("themeShade"));
        }
        self.colour(said("fill"), said("themeFill"), said("themeFillTint"), said("themeFillShade"))
    }

    /// The word for a `color` element of text.
    pub fn ink(&self, colour: Node) -> Option<&'static str> {
        let said = |name: &str| xml::attribute(colour, name);
        self.colour(said("val"), said("themeColor"), said("themeTint"), said("themeShade"))
    }

    /// Beside a role Word writes the resulting colour, which therefore takes precedence.
    fn colour(
        &self,
        value: Option<&str>,
        role: Option<&str>,
        tint: Option<&str>,
        dark: Option<&str>,
    ) -> Option<&'static str> {
        if let Some(rgb) = value.and_then(shade::rgb) {
            return shade::of_rgb(rgb);
        }
        let base = shade::rgb(self.colours.get(slot(role?))?)?;
        let part = |text: Option<&str>| text.and_then(|text| u8::from_str_radix(text, 16).ok());
        let mix = |share: u8, with: u8| {
            let blend = |own: u8| u8::try_from(mixed(own, with, share)).unwrap_or(u8::MAX);
            shade::of_rgb((blend(base.0), blend(base.1), blend(base.2)))
        };
        match (part(tint), part(dark)) {
            (Some(share), _) => mix(share, 255),
            (None, Some(share)) => mix(share, 0),
            (None, None) => shade::of_rgb(base),
        }
    }
}

fn mixed(own: u8, with: u8, share: u8) -> u32 {
    (u32::from(own) * u32::from(share) + u32::from(with) * u32::from(255 - share)) / 255
}

/// The theme's own name for a role that has another name for text and background.
fn slot(role: &str) -> &str {
    match role {
        "text1" | "dark1" => "dk1",
        "text2" | "dark2" => "dk2",
        "background1" | "light1" => "lt1",
        "background2" | "light2" => "lt2",
        "hyperlink" => "hlink",
        role => role,
    }
}
