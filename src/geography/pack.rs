//! A place pack: which files it has, and how they become a [`Place`].

use std::borrow::Cow;

use jiff::civil::Date;
use serde::Deserialize;

use super::boundaries::{Boundaries, Map};
use super::census::Census;
use super::error::PlaceError;
use super::place::{Area, AreaKind, EmergencyLine, Group, Place};
use super::population::Populations;
use super::postcodes::Postcodes;
use super::recorded;
use super::table::{Row, Table};
use crate::survey::ids::Slug;

const ABOUT: &str = "pack.json";
const AREAS: &str = "areas.csv";
const GROUPS: &str = "groups.csv";
/// The only form of pack this version reads.
const FORMAT: u32 = 1;

/// `pack.json`: what a pack says about itself.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct About {
    format: u32,
    pub(super) name: String,
    pub(super) title: String,
    pub(super) force_name: String,
    pub(super) time_zone: String,
    pub(super) attribution: String,
    pub(super) population_date: Date,
    pub(super) lines: Vec<EmergencyLine>,
}

pub(super) fn load<'a>(file: &dyn Fn(&str) -> Option<Cow<'a, [u8]>>) -> Result<Place, PlaceError> {
    let need = |name: &'static str| file(name).ok_or(PlaceError::Missing { file: name });
    let about: About =
        serde_json::from_slice(&need(ABOUT)?).map_err(|e| PlaceError::file(ABOUT, e))?;
    if about.format != FORMAT {
        let problem = format!("format {} is not known, only {FORMAT}", about.format);
        return Err(PlaceError::file(ABOUT, problem));
    }
    let map = Map::read(&need("boundaries.topojson")?)?;
    let areas = read_areas(&need(AREAS)?, &map)?;
    let (csps, policing_areas) = read_groups(&need(GROUPS)?, &areas)?;
    let populations = Populations::read(&need("population.csv")?, &areas)?;
    let census = Census::read(file, &areas)?;
    let postcodes = Postcodes::read(&need("postcodes.csv.gz")?, &need("sectors.csv")?, &areas)?;
    let boundaries = Boundaries {
        size: map.size(),
        districts: map.outlines(
            "districts",
            "gss_code",
            areas.iter().map(|a| (a.code.as_str(), Some(a.label_point))),
        )?,
        csps: map.outlines("csps", "csp", labelled(&csps, &areas))?,
        policing_areas: map.outlines(
            "lpas",
            "local_policing_area",
            labelled(&policing_areas, &areas),
        )?,
    };
    let read_recorded = |name: &'static str| {
        file(name)
            .map(|bytes| recorded::read(name, &bytes, &areas))
            .transpose()
    };
    let crime = read_recorded("crime.csv")?;
    let anti_social_behaviour = read_recorded("anti_social_behaviour.csv")?;
    let districts = areas.iter().zip(0..).map(|(a, i)| district(a, i)).collect();
    Ok(Place {
        about,
        areas,
        districts,
        csps,
        policing_areas,
        populations,
        census,
        postcodes,
        boundaries,
        crime,
        anti_social_behaviour,
    })
}

/// A group of one area is labelled where that area is.
fn labelled<'g>(
    groups: &'g [Group],
    areas: &'g [Area],
) -> impl Iterator<Item = (&'g str, Option<super::outline::Point>)> {
    groups.iter().map(|group| {
        let label_point = match *group.members {
            [only] => Some(areas[usize::from(only)].label_point),
            _ => None,
        };
        (group.name.as_str(), label_point)
    })
}

fn district(area: &Area, index: u8) -> Group {
    Group {
        key: area.slug.clone(),
        name: area.name.clone(),
        short_name: area.short_name.clone(),
        members: vec![index],
        policing_area: Some(area.policing_area.clone()),
        population_16_plus: area.population_16_plus,
    }
}

fn read_areas(bytes: &[u8], map: &Map) -> Result<Vec<Area>, PlaceError> {
    let heading = [
        "code",
        "name",
        "short_name",
        "kind",
        "upper_tier",
        "csp",
        "csp_ons_code",
        "policing_area",
        "district_policing_area",
        "starts",
        "ends",
        "population",
        "population_16_plus",
        "area_km2",
        "label_lon",
        "label_lat",
    ];
    let mut table = Table::new(AREAS, bytes, &heading)?;
    let mut areas: Vec<Area> = Vec::new();
    while let Some(row) = table.next_row()? {
        let area = read_area(&row, map)?;
        if areas
            .iter()
            .any(|a| a.code == area.code || a.slug == area.slug)
        {
            return Err(row.odd("this code or name came before"));
        }
        if areas.len() == usize::from(u8::MAX) {
            return Err(row.odd("a place has at most 255 areas"));
        }
        areas.push(area);
    }
    if areas.is_empty() {
        return Err(PlaceError::file(AREAS, "there is no area"));
    }
    Ok(areas)
}

fn read_area(row: &Row<'_>, map: &Map) -> Result<Area, PlaceError> {
    let day = |column| {
        row.optional(column)
            .map(|_| row.parse::<Date>(column))
            .transpose()
    };
    let area = Area {
        code: row.parse(0)?,
        name: row.text(1)?.to_owned(),
        short_name: row.text(2)?.to_owned(),
        slug: slug(row, 1)?,
        kind: match row.text(3)? {
            "district" => AreaKind::District,
            "unitary" => AreaKind::Unitary,
            _ => return Err(row.odd("kind is district or unitary")),
        },
        upper_tier: row.text(4)?.to_owned(),
        csp: slug(row, 5)?,
        csp_ons_code: row.text(6)?.to_owned(),
        policing_area: slug(row, 7)?,
        starts: day(9)?,
        ends: day(10)?,
        population: row.parse(11)?,
        population_16_plus: row.parse(12)?,
        area_km2: row.parse(13)?,
        label_point: map.point(row.parse(14)?, row.parse(15)?),
    };
    if area.population_16_plus > area.population {
        return Err(row.odd("more people are 16 or over than there are people"));
    }
    if area
        .starts
        .zip(area.ends)
        .is_some_and(|(starts, ends)| ends < starts)
    {
        return Err(row.odd("it ends before it starts"));
    }
    Ok(area)
}

/// The name in addresses of what a column names.
fn slug(row: &Row<'_>, column: usize) -> Result<Slug, PlaceError> {
    let name = row.text(column)?;
    let words: Vec<String> = name
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    Slug::new(&words.join("-")).map_err(|e| row.odd(e))
}

/// Reads the CSPs and the Local Policing Areas; together each kind must cover every area.
fn read_groups(bytes: &[u8], areas: &[Area]) -> Result<(Vec<Group>, Vec<Group>), PlaceError> {
    let mut table = Table::new(GROUPS, bytes, &["kind", "name", "short_name", "within"])?;
    let (mut csps, mut policing_areas) = (Vec::new(), Vec::new());
    while let Some(row) = table.next_row()? {
        let key = slug(&row, 1)?;
        let is_csp = match row.text(0)? {
            "csp" => true,
            "policing_area" => false,
            _ => return Err(row.odd("kind is csp or policing_area")),
        };
        let policing_area = if is_csp { Some(slug(&row, 3)?) } else { None };
        let mut members = Vec::new();
        let mut population_16_plus = 0;
        for (area, index) in areas.iter().zip(0_u8..) {
            let its_key = if is_csp {
                &area.csp
            } else {
                &area.policing_area
            };
            if *its_key != key {
                continue;
            }
            if policing_area
                .as_ref()
                .is_some_and(|within| *within != area.policing_area)
            {
                return Err(row.odd(format!("{} lies in another policing area", area.name)));
            }
            members.push(index);
            population_16_plus += area.population_16_plus;
        }
        let groups: &mut Vec<Group> = if is_csp {
            &mut csps
        } else {
            &mut policing_areas
        };
        if members.is_empty() || groups.iter().any(|group| group.key == key) {
            return Err(row.odd("the group has no area, or came before"));
        }
        groups.push(Group {
            key,
            name: row.text(1)?.to_owned(),
            short_name: row.text(2)?.to_owned(),
            members,
            policing_area,
            population_16_plus,
        });
    }
    for area in areas {
        let has = |groups: &[Group], key: &Slug| groups.iter().any(|group| group.key == *key);
        if !has(&csps, &area.csp) || !has(&policing_areas, &area.policing_area) {
            let problem = format!("the groups of {} are not all there", area.name);
            return Err(PlaceError::file(GROUPS, problem));
        }
    }
    Ok((csps, policing_areas))
}
