//! Turning a page upright.

use super::drawing::Area;

/// How far clockwise a page is turned to be read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Turn {
    #[default]
    None,
    Quarter,
    Half,
    ThreeQuarters,
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
    pub fn matrix(self, page: &Area) -> [f32; 6] {
        match self {
            Turn::None => [1.0, 0.0, 0.0, 1.0, -page.left, -page.bottom],
            Turn::Quarter => [0.0, -1.0, 1.0, 0.0, -page.bottom, page.right],
            Turn::Half => [-1.0, 0.0, 0.0, -1.0, page.right, page.top],
            Turn::ThreeQuarters => [0.0, 1.0, -1.0, 0.0, page.top, -page.left],
        }
    }
}
