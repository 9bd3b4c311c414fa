//! Boundaries: a pack's TopoJSON, projected to the map.
//!
//! The projection is equirectangular, narrowed by the cosine of the middle latitude: for a county the error is far below
//! a pixel, and north is up everywhere. The map is [`WIDTH`] units wide, whatever the place.

use std::collections::HashMap;

use serde::Deserialize;

use super::error::PlaceError;
use super::outline::{Outline, Point};

const FILE: &str = "boundaries.topojson";
/// Width of the map in map units; its height follows from the place.
const WIDTH: f64 = 1000.0;

/// Outlines of every grouping, in the order of its groups.
#[derive(Debug)]
pub(super) struct Boundaries {
    pub(super) size: (f32, f32),
    pub(super) districts: Vec<Outline>,
    pub(super) csps: Vec<Outline>,
    pub(super) policing_areas: Vec<Outline>,
}

#[derive(Deserialize)]
struct Topology {
    arcs: Vec<Vec<[i64; 2]>>,
    transform: Transform,
    objects: HashMap<String, Layer>,
}

#[derive(Deserialize)]
struct Transform {
    scale: [f64; 2],
    translate: [f64; 2],
}

#[derive(Deserialize)]
struct Layer {
    geometries: Vec<Geometry>,
}

#[derive(Deserialize)]
struct Geometry {
    #[serde(flatten)]
    shape: Shape,
    properties: HashMap<String, String>,
}

#[derive(Deserialize)]
#[serde(tag = "type", content = "arcs")]
enum Shape {
    Polygon(Vec<Vec<i64>>),
    MultiPolygon(Vec<Vec<Vec<i64>>>),
}

/// Degrees to map units.
#[derive(Clone, Copy)]
struct Projection {
    west: f64,
    north: f64,
    across: f64,
    down: f64,
}

impl Projection {
    fn of(&self, lon: f64, lat: f64) -> (f64, f64) {
        (
            (lon - self.west) * self.across,
            (self.north - lat) * self.down,
        )
    }
}

/// A pack's boundaries, read and projected, before they are put in the order of areas and groups.
pub(super) struct Map {
    arcs: Vec<Vec<(i16, i16)>>,
    layers: HashMap<String, Layer>,
    projection: Projection,
    size: (f32, f32),
}

impl Map {
    pub(super) fn read(bytes: &[u8]) -> Result<Self, PlaceError> {
        let topology: Topology =
            serde_json::from_slice(bytes).map_err(|e| PlaceError::file(FILE, e))?;
        let Transform { scale, translate } = topology.transform;
        let degrees: Vec<Vec<(f64, f64)>> = topology
            .arcs
            .iter()
            .map(|arc| {
                let (mut x, mut y) = (0, 0);
                arc.iter()
                    .map(|&[dx, dy]| {
                        x += dx;
                        y += dy;
                        (
                            x as f64 * scale[0] + translate[0],
                            y as f64 * scale[1] + translate[1],
                        )
                    })
                    .collect()
            })
            .collect();
        let (mut west, mut south, mut east, mut north) =
            (180.0_f64, 90.0_f64, -180.0_f64, -90.0_f64);
        for &(lon, lat) in degrees.iter().flatten() {
            (west, east) = (west.min(lon), east.max(lon));
            (south, north) = (south.min(lat), north.max(lat));
        }
        if west >= east || south >= north {
            return Err(PlaceError::file(FILE, "there are no boundaries in it"));
        }
        let across = WIDTH / (east - west);
        let down = across / ((south + north) / 2.0).to_radians().cos();
        let projection = Projection {
            west,
            north,
            across,
            down,
        };
        let arcs = degrees
            .iter()
            .map(|arc| {
                arc.iter()
                    .map(|&(lon, lat)| {
                        let (x, y) = projection.of(lon, lat);
                        // A map is 1,000 units wide, so its units fit.
                        (x.round() as i16, y.round() as i16)
                    })
                    .collect()
            })
            .collect();
        Ok(Self {
            arcs,
            layers: topology.objects,
            projection,
            size: (WIDTH as f32, ((north - south) * down).ceil() as f32),
        })
    }

    pub(super) fn size(&self) -> (f32, f32) {
        self.size
    }

    pub(super) fn point(&self, lon: f64, lat: f64) -> Point {
        let (x, y) = self.projection.of(lon, lat);
        Point {
            x: x as f32,
            y: y as f32,
        }
    }

    /// Outlines of a layer, one for each name, in the order asked for.
    pub(super) fn outlines<'n>(
        &self,
        layer: &str,
        property: &str,
        names: impl Iterator<Item = (&'n str, Option<Point>)>,
    ) -> Result<Vec<Outline>, PlaceError> {
        let geometries = &self
            .layers
            .get(layer)
            .ok_or_else(|| PlaceError::file(FILE, format!("there is no layer {layer:?}")))?
            .geometries;
        names
            .map(|(name, label_point)| {
                let geometry = geometries
                    .iter()
                    .find(|g| {
                        g.properties
                            .get(property)
                            .is_some_and(|found| found == name)
                    })
                    .ok_or_else(|| {
                        PlaceError::file(
                            FILE,
                            format!("layer {layer:?} has no {property} {name:?}"),
                        )
                    })?;
                Ok(Outline::new(self.rings(&geometry.shape)?, label_point))
            })
            .collect()
    }

    fn rings(&self, shape: &Shape) -> Result<Vec<Vec<(i16, i16)>>, PlaceError> {
        let rings: Vec<&Vec<i64>> = match shape {
            Shape::Polygon(rings) => rings.iter().collect(),
            Shape::MultiPolygon(polygons) => polygons.iter().flatten().collect(),
        };
        rings
            .into_iter()
            .map(|arcs| self.ring(arcs))
            // An island of a unit or two shrinks to a line when rounded: nothing to see.
            .filter(|ring| ring.as_ref().map_or(true, |ring| ring.len() > 2))
            .collect()
    }

    fn ring(&self, arcs: &[i64]) -> Result<Vec<(i16, i16)>, PlaceError> {
        let mut ring: Vec<(i16, i16)> = Vec::new();
        for &signed in arcs {
            // TopoJSON writes an arc walked backwards as the ones' complement of its index.
            let backwards = signed < 0;
            let index = if backwards { !signed } else { signed };
            let arc = usize::try_from(index)
                .ok()
                .and_then(|index| self.arcs.get(index))
                .ok_or_else(|| PlaceError::file(FILE, format!("there is no arc {signed}")))?;
            if backwards {
                ring.extend(arc.iter().rev());
            } else {
                ring.extend(arc);
            }
            ring.dedup();
        }
        if ring.len() > 1 && ring.first() == ring.last() {
            ring.pop();
        }
        Ok(ring)
    }
}
