//! The Essex pack as it is embedded, and what a damaged pack is told.
#![allow(clippy::unwrap_used)]

use std::borrow::Cow;
use std::collections::HashMap;
use std::path::Path;

use super::*;
use crate::survey::{
    definition::{DISABILITY_GROUPS, ETHNIC_GROUPS},
    ids::Code,
};

fn found(typed: &str) -> String {
    match Place::essex().find_postcode(typed) {
        PostcodeLookup::Area(area) => area.name.clone(),
        PostcodeLookup::OutsidePlace => "outside".to_owned(),
        PostcodeLookup::Unknown => "unknown".to_owned(),
        PostcodeLookup::Malformed => "malformed".to_owned(),
    }
}

fn files() -> HashMap<String, Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/places/essex");
    std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap())
        .map(|entry| {
            let name = entry.file_name().into_string().unwrap();
            (name, std::fs::read(entry.path()).unwrap())
        })
        .collect()
}

fn refusal_when(file: &str, from: &str, to: &str) -> String {
    let mut files = files();
    let text = String::from_utf8(files[file].clone()).unwrap();
    assert!(text.contains(from), "{from:?} is not in {file}");
    files.insert(file.to_owned(), text.replacen(from, to, 1).into_bytes());
    load(&files).unwrap_err().to_string()
}

fn load(files: &HashMap<String, Vec<u8>>) -> Result<Place, PlaceError> {
    Place::load(&|name| files.get(name).map(|bytes| Cow::Borrowed(bytes.as_slice())))
}

#[test]
fn known_addresses_are_in_the_right_district() {
    for (postcode, area) in [
        ("CM2 6LX", "Chelmsford"),
        ("CM2 6DA", "Chelmsford"),
        ("SS2 6ER", "Southend-on-Sea"),
        ("RM17 6SL", "Thurrock"),
        ("CO1 1PJ", "Colchester"),
        ("CO1 1JB", "Colchester"),
        ("SS14 1DL", "Basildon"),
        ("CM7 9HB", "Braintree"),
        ("CM16 4BZ", "Epping Forest"),
        ("CM20 1WG", "Harlow"),
        ("CB11 4ER", "Uttlesford"),
    ] {
        assert_eq!(found(postcode), area, "{postcode}");
    }
}

#[test]
fn a_postcode_is_read_in_any_case_and_spacing() {
    for typed in [
        "cm26lx",
        " cM2  6Lx ",
        "c m 2 6 l x",
        "CM2-6LX",
        "cm2\u{a0}6lx",
        "CM2 6LX.",
    ] {
        assert_eq!(found(typed), "Chelmsford", "{typed:?}");
    }
}

#[test]
fn o_and_0_are_taken_for_each_other_only_where_one_can_stand() {
    assert_eq!(found("C01 1PJ"), "Colchester");
    assert_eq!(found("CO1 1PJ"), "Colchester");
    assert_eq!(found("SSO 7AA"), found("SS0 7AA"));
    assert_eq!(found("CM2 6L0"), "malformed");
}

#[test]
fn what_is_no_postcode_is_malformed() {
    for typed in [
        "",
        " ",
        "CM2",
        "6LX",
        "CM2 6L",
        "CM2 6LXX",
        "CM2 6LC",
        "2CM 6LX",
        "QM2 6LX",
        "CI2 6LX",
        "CM02 6LX",
        "C0 6LX",
        "CM2 XLX",
        "CM2 6LX, Chelmsford",
        "ÇM2 6LX",
        "１",
        "\0",
        "CM123 6LX",
    ] {
        assert_eq!(found(typed), "malformed", "{typed:?}");
    }
    assert_eq!(found(&"C".repeat(100_000)), "malformed");
}

#[test]
fn elsewhere_is_outside_and_an_unlisted_neighbour_unknown() {
    for typed in [
        "SW1A 1AA", "M1 1AE", "EC1A 1BB", "B33 8TH", "W1A 0AX", "DN55 1PT", "IP1 1AA",
    ] {
        assert_eq!(found(typed), "outside", "{typed}");
    }
    assert_eq!(found("CM2 6ZX"), "unknown");
    // Its sector straddles the border, so it may be a new one in Epping Forest: the person is asked.
    assert_eq!(found("E4 7QJ"), "unknown");
}

#[test]
fn the_county_has_fourteen_districts_thirteen_partnerships_and_three_policing_areas() {
    let place = Place::essex();
    assert_eq!(Grouping::ALL.map(|g| place.group(g).len()), [14, 13, 3]);
    for grouping in Grouping::ALL {
        let mut members: Vec<u8> = place
            .group(grouping)
            .iter()
            .flat_map(|g| g.members.clone())
            .collect();
        members.sort_unstable();
        assert_eq!(members, (0..14).collect::<Vec<u8>>());
        assert_eq!(place.outlines(grouping).len(), place.group(grouping).len());
    }
    let joint = place
        .find_group(Grouping::Csp, "castle-point-and-rochford")
        .unwrap();
    assert_eq!(
        (joint.members.len(), joint.population_16_plus),
        (2, 145_117)
    );
    assert_eq!(joint.policing_area.as_ref().unwrap().as_str(), "south");
}

#[test]
fn an_area_is_found_by_code_and_by_address() {
    let place = Place::essex();
    let code = Code::new("E06000033").unwrap();
    let southend = place.area(&code).unwrap();
    assert_eq!(southend.slug.as_str(), "southend-on-sea");
    assert_eq!(southend.short_name, "Southend");
    assert_eq!(place.area_by_slug("southend-on-sea"), Some(southend));
    assert_eq!(place.area(&Code::new("E09000031").unwrap()), None);
}

#[test]
fn populations_add_up() {
    let place = Place::essex();
    let code = Code::new("E06000033").unwrap();
    assert_eq!(
        place.population(&code, Sex::Female, AgeBand::From16To24),
        Some(8178)
    );
    assert_eq!(
        place.population(&code, Sex::Male, AgeBand::From75),
        Some(6898)
    );
    let adults: u32 = place
        .areas()
        .iter()
        .flat_map(|area| Sex::ALL.map(|sex| AgeBand::ALL.map(|band| (area, sex, band))))
        .flatten()
        .map(|(area, sex, band)| place.population(&area.code, sex, band).unwrap())
        .sum();
    assert_eq!(adults, place.population_16_plus());
}

#[test]
fn labels_lie_inside_their_outlines() {
    let place = Place::essex();
    let (width, height) = place.map_size();
    for grouping in Grouping::ALL {
        for (group, outline) in place.group(grouping).iter().zip(place.outlines(grouping)) {
            assert!(outline.contains(outline.label_point()), "{}", group.name);
            let (left, top, right, bottom) = outline.extent();
            assert!(left >= 0.0 && top >= 0.0 && right <= width && bottom <= height);
        }
    }
}

#[test]
fn every_start_of_a_range_is_inclusive() {
    let mut area = Place::essex().areas()[0].clone();
    let day = |text: &str| text.parse::<jiff::civil::Date>().unwrap();
    assert!(area.exists_on(day("2026-11-24")));
    area.ends = Some(day("2028-03-31"));
    area.starts = Some(day("1974-04-01"));
    assert!(area.exists_on(day("2028-03-31")) && area.exists_on(day("1974-04-01")));
    assert!(!area.exists_on(day("2028-04-01")));
}

#[test]
fn a_damaged_pack_is_refused_with_file_and_line() {
    for (file, from, to, refusal) in [
        (
            "areas.csv",
            "E07000067,",
            "E07000066,",
            "areas.csv, line 3: this code or name came before",
        ),
        (
            "areas.csv",
            "611.7",
            "wide",
            "areas.csv, line 3: column 14, \"wide\": invalid float literal",
        ),
        (
            "areas.csv",
            "code,name",
            "name,code",
            "areas.csv, line 1: the heading should be code,name,short_name",
        ),
        (
            "groups.csv",
            "csp,Harlow,Harlow,West",
            "csp,Harlow,Harlow,North",
            "groups.csv, line 9: Harlow lies in another",
        ),
        (
            "groups.csv",
            "csp,Harlow,Harlow,West\n",
            "",
            "groups.csv: the groups of Harlow are not all there",
        ),
        (
            "population.csv",
            "female,16-24",
            "female,16-25",
            "population.csv, line 3: \"16-25\" is not an age band",
        ),
        (
            "population.csv",
            "8178",
            "8179",
            "population.csv: E06000033 adds up to 180689",
        ),
        (
            "population.csv",
            "female,16-24,8178\nE06000033,",
            "",
            "population.csv: E06000033 has no row female, 16-24",
        ),
        (
            "sectors.csv",
            "CB1 6,",
            "CB1 Q,",
            "sectors.csv, line 2: this is not a sector",
        ),
        (
            "boundaries.topojson",
            "\"csps\"",
            "\"cspx\"",
            "boundaries.topojson: there is no layer \"csps\"",
        ),
        (
            "pack.json",
            "\"format\": 1",
            "\"format\": 2",
            "pack.json: format 2 is not known",
        ),
    ] {
        let found = refusal_when(file, from, to);
        assert!(found.starts_with(refusal), "{file}: {found}");
    }
}

#[test]
fn a_pack_without_a_file_is_refused() {
    for file in [
        "pack.json",
        "areas.csv",
        "groups.csv",
        "population.csv",
        "postcodes.csv.gz",
        "sectors.csv",
        "boundaries.topojson",
    ] {
        let mut files = files();
        files.remove(file);
        assert_eq!(
            load(&files).unwrap_err().to_string(),
            format!("the place pack has no {file}")
        );
    }
}

#[test]
fn postcodes_are_small_and_quick_to_load() {
    let files = files();
    let started = std::time::Instant::now();
    let place = load(&files).unwrap();
    println!("loaded in {:?}", started.elapsed());
    let bytes = place.postcodes.bytes();
    println!("{} postcodes in {bytes} bytes", place.postcodes.len());
    let paths: usize = Grouping::ALL
        .iter()
        .flat_map(|g| place.outlines(*g))
        .map(|o| {
            o.path().len()
                + o.rings()
                    .iter()
                    .map(|r| r.capacity() * 4 + 24)
                    .sum::<usize>()
        })
        .sum();
    println!("{paths} bytes of outlines");
    assert_eq!(place.postcodes.len(), 68_263);
    assert!(bytes < 1_000_000);
}

#[test]
fn the_survey_room_sees_areas_and_postcodes() {
    use crate::survey::areas::{Areas, PostcodeLookup as Found};
    let essex = Place::essex();
    let place: &dyn Areas = essex.as_ref();
    let chelmsford = Code::new("E07000070").unwrap();
    assert!(place.has_area(&chelmsford));
    assert!(!place.has_area(&Code::new("outside").unwrap()));
    assert_eq!(place.find_postcode("cm2 6lx"), Found::Area(chelmsford));
    assert_eq!(place.find_postcode("M1 1AE"), Found::OutsidePlace);
    assert_eq!(place.find_postcode("CM2 6ZX"), Found::Unknown);
    assert_eq!(place.find_postcode("CM2"), Found::Malformed);
}

#[test]
fn the_census_knows_ethnic_groups_and_disability_of_the_whole_place() {
    let place = Place::essex();
    let people = |table: CensusTable| -> Vec<(String, u32)> {
        let groups = place.census(table).iter();
        groups
            .map(|group| (group.code.to_string(), group.people))
            .collect()
    };
    let ethnicity = people(CensusTable::Ethnicity);
    assert_eq!(ethnicity.len(), 5);
    let everybody: u32 = place.areas().iter().map(|area| area.population).sum();
    for table in [ethnicity, people(CensusTable::Disability)] {
        let total: u32 = table.iter().map(|(_, people)| people).sum();
        // Tables of the Census are disturbed a little, each by itself.
        assert!(total.abs_diff(everybody) < 20 * 14, "{table:?}");
    }
    for (table, known) in [
        (CensusTable::Ethnicity, &ETHNIC_GROUPS[..]),
        (CensusTable::Disability, &DISABILITY_GROUPS[..]),
    ] {
        let mut codes: Vec<String> = people(table).into_iter().map(|(code, _)| code).collect();
        let mut known = known.to_vec();
        codes.sort();
        known.sort_unstable();
        assert_eq!(
            codes, known,
            "a survey's answers can be set beside every group"
        );
    }
    assert_eq!(
        place.census(CensusTable::Disability)[0].code.as_str(),
        "disabled"
    );
}

#[test]
fn tables_that_a_pack_may_lack_are_read_closely_when_it_has_them() {
    let mut without = files();
    for file in ["ethnicity.csv", "disability.csv", "crime.csv"] {
        without.remove(file);
    }
    let place = load(&without).unwrap();
    assert!(place.census(CensusTable::Ethnicity).is_empty());
    assert_eq!(place.crime(), None);
    for (file, from, to, says) in [
        (
            "ethnicity.csv",
            "E06000033,Asian",
            "E06000099,Asian",
            "not an area",
        ),
        (
            "disability.csv",
            "disabled,33127",
            "disabled,many",
            "column 3",
        ),
    ] {
        let refusal = refusal_when(file, from, to);
        assert!(
            refusal.contains(file) && refusal.contains(says),
            "{refusal}"
        );
    }
}

#[test]
fn recorded_crime_is_whole_and_of_one_period() {
    let place = Place::essex();
    let crime = place.crime().unwrap();
    assert_eq!(
        crime.kinds[0].name,
        "Total recorded crime (excluding fraud)"
    );
    assert_eq!(crime.kinds[0].total(), 140_576);
    assert_eq!(crime.from.to_string(), "2024-07-01");
    assert_eq!(place.anti_social_behaviour().unwrap().kinds.len(), 1);
    let file = "crime.csv";
    let twice = refusal_when(
        file,
        "Homicide,0",
        "Total recorded crime (excluding fraud),0",
    );
    assert!(twice.contains("came before"), "{twice}");
    let period = refusal_when(file, "2024-07/2025-06,Homicide", "2023-07/2024-06,Homicide");
    assert!(period.contains("another period"), "{period}");
    let area = refusal_when(file, "E07000066", "E99");
    assert!(area.contains("no area E99"), "{area}");
    let lacking = refusal_when(file, "Homicide", "Homicides");
    assert!(lacking.contains("is missing"), "{lacking}");
    let mut without = files();
    without.remove(file);
    assert_eq!(load(&without).unwrap().crime(), None);
}
