//! Lead cells from many boards.

use super::*;

fn glossary() -> Vec<(String, String)> {
    let pairs = [
        ("ESX", "Easton County Council"),
        ("OPG", "Operational Practice Subgroup"),
        ("QAG", "Quality and Audit Subgroup"),
        ("NPS", "National Probation Service"),
        ("KLM CRC", "Kilm Community Rehabilitation Company"),
    ];
    pairs.iter().map(|(acronym, meaning)| ((*acronym).to_owned(), (*meaning).to_owned())).collect()
}

/// The names of the leads and the via of a cell.
type Row = (Vec<String>, Vec<String>);

fn read_all(cells: &[&str], text: &str) -> (Vec<DraftParty>, Vec<Row>) {
    let cells: Vec<LeadCells> =
        cells.iter().map(|cell| LeadCells { lead: (*cell).to_owned(), ..LeadCells::default() }).collect();
    let vocabulary = Vocabulary::built_in().unwrap();
    let glossary = glossary();
    let (parties, who) = read(&cells, &glossary, text, &vocabulary);
    let named = |leads: &[DraftLead]| leads.iter().map(|lead| parties[lead.party].name.clone()).collect::<Vec<_>>();
    let rows = who.iter().map(|who| (named(&who.leads), named(&who.via))).collect();
    (parties, rows)
}

fn leads(cell: &str) -> Vec<String> {
    read_all(&[cell], cell).1.remove(0).0
}

#[test]
fn cells_are_cut_at_separators_and_names_stay_whole() {
    assert_eq!(
        leads("Head of Adult Care (ESX) / District & Boroughs via OPG"),
        ["Head of Adult Care (ESX)", "District & Boroughs"]
    );
    assert_eq!(leads("Head of Adult Care (ESX), Police, CCG."), ["Head of Adult Care (ESX)", "Police", "CCG"]);
    assert_eq!(leads("Housing Providers, Anytown Council and WAWY"), ["Housing Providers", "Anytown Council", "WAWY"]);
    assert_eq!(leads("NHT GP WAWY ICB"), ["NHT", "GP", "WAWY", "ICB"]);
    assert_eq!(leads("Probation ASC"), ["Probation", "ASC"]);
    assert_eq!(leads("Safer Anytown SAB OSCP"), ["Safer Anytown", "SAB", "OSCP"]);
    assert_eq!(
        leads("NPS\n\n\n\nStrategic Commissioning Manager ESX"),
        ["NPS", "Strategic Commissioning Manager (ESX)"]
    );
    assert_eq!(leads("Head of Adult\nSafeguarding"), ["Head of Adult Safeguarding"]);
    assert_eq!(leads("MARAC\nCoordinator"), ["MARAC Coordinator"]);
    assert_eq!(leads("Health and Social Care"), ["Health and Social Care"]);
    assert_eq!(leads("Police and Probation"), ["Police", "Probation"]);
    assert_eq!(leads("SAB Business Manager (cited by ASC JS)"), ["SAB Business Manager"]);
    assert_eq!(leads("TBC"), [""; 0]);
    assert_eq!(leads("Vacant"), [""; 0]);
    assert_eq!(leads("SW Police"), ["SW Police"]);
    assert_eq!(leads("NPS Police"), ["NPS", "Police"]);
    assert_eq!(leads("Lead: Police. Support: ASC"), ["Police"]);
    assert_eq!(leads("Police (supported by ASC)"), ["Police"]);
}

#[test]
fn posts_and_teams_roll_up_and_groups_are_one_party_under_both_names() {
    let cells = [
        "Head of Adult Care (ESX) via OPG",
        "SAB Manager",
        "QAG Subgroup",
        "Easton Police via QAG",
        "Police",
        "CRC",
        "NHT Mental Health Team",
    ];
    let (parties, rows) = read_all(&cells, "NHT and others");
    let agency = |name: &str| {
        let party = parties.iter().find(|party| party.name == name)?;
        party.agency.map(|at| parties[at].name.clone())
    };
    assert_eq!(agency("Head of Adult Care (ESX)").as_deref(), Some("ESX"));
    assert_eq!(agency("SAB Manager").as_deref(), Some("SAB"));
    assert_eq!(agency("NHT Mental Health Team").as_deref(), Some("NHT"));
    assert_eq!(rows[0].1, ["OPG"]);
    assert_eq!(rows[3].1, rows[2].0);
    assert_eq!(rows[4].0, ["Easton Police"]);
    let group = parties.iter().find(|party| party.name == "QAG Subgroup").unwrap();
    assert_eq!(group.kind, PartyKind::Subgroup);
    assert_eq!(group.aliases, ["QAG", "Quality and Audit Subgroup"]);
    let crc = parties.iter().find(|party| party.name == "CRC").unwrap();
    assert_eq!(crc.aliases, ["KLM CRC", "Kilm Community Rehabilitation Company"]);
}

#[test]
fn what_is_in_brackets_behind_an_agency_is_a_part_of_it() {
    let cells = [
        "Northmere Police (PPU)",
        "Northmere Police",
        "ASC (Head of Service)",
        "Head of Adult Care (ESX)",
        "Director of Adult Services [ESX]",
        "Easton County Council (ESX)",
    ];
    let (parties, rows) = read_all(&cells, &cells.join(" "));
    let agency = |name: &str| {
        let party = parties.iter().find(|party| party.name == name).unwrap();
        party.agency.map_or("", |at| parties[at].name.as_str())
    };
    assert_eq!(agency("Northmere Police (PPU)"), "Northmere Police");
    assert_eq!(agency("ASC (Head of Service)"), "ASC");
    assert_eq!(agency("Head of Adult Care (ESX)"), "ESX");
    assert_eq!(agency("Director of Adult Services [ESX]"), "ESX");
    assert_eq!(rows[5].0, ["ESX"], "its own short name is no part of it");
}

#[test]
fn a_team_behind_a_comma_belongs_to_the_council_and_its_short_name_is_the_same_party() {
    let cells = ["Steering group  Complex Needs Team, CC –  SAB", "JCG Complex Needs, CC", "Complex Needs/ ICB"];
    let (parties, rows) = read_all(&cells, "JCG ICB");
    assert_eq!(rows[0].0, ["Steering group", "Complex Needs Team (CC)", "SAB"]);
    assert_eq!(rows[1].0, ["JCG", "Complex Needs Team (CC)"]);
    assert_eq!(rows[2].0, ["Complex Needs Team (CC)", "ICB"]);
    assert_eq!(parties.iter().filter(|party| party.name.contains("Complex")).count(), 1);
}

#[test]
fn a_slip_is_a_doubt_and_is_kept() {
    let text = "RNHT NFT ICB NHT NHT told NFT";
    let cells = [
        LeadCells { lead: "RNFT NFT ICB".into(), ..LeadCells::default() },
        LeadCells { lead: "NFT/ RNHT".into(), ..LeadCells::default() },
    ];
    let vocabulary = Vocabulary::built_in().unwrap();
    let (parties, who) = read(&cells, &[], &format!("{text} RNFT RNHT"), &vocabulary);
    assert_eq!(parties[who[0].leads[0].party].name, "RNFT");
    assert_eq!(who[0].flags.len(), 1);
    assert_eq!(who[0].flags[0].suggestion.as_deref(), Some("RNHT or NFT?"));
    assert!(who[1].flags.is_empty());
}

#[test]
fn people_are_never_agencies() {
    let cells = [
        "Jane Smith, Head of Safeguarding, ESX",
        "Jane Smith (ESX)",
        "Tom Brown\nService Manager\nWestmarsh Police",
        "Ann Jones / Sheela",
        "Board Manager – Olu Ade",
        "JT/BMe",
        "Police, Probation",
        "Gerda Lind, Haven Trust",
    ];
    let (parties, rows) = read_all(&cells, "");
    let names: Vec<Vec<String>> = rows.into_iter().map(|row| row.0).collect();
    assert_eq!(
        names,
        [
            vec!["Head of Safeguarding (ESX)"],
            vec!["ESX"],
            vec!["Service Manager (Westmarsh Police)"],
            vec!["Ann Jones", "Sheela"],
            vec!["Board Manager"],
            vec!["JT", "BMe"],
            vec!["Westmarsh Police", "Probation"],
            vec!["Haven Trust"],
        ]
    );
    let agencies: Vec<&str> =
        parties.iter().filter(|party| party.kind == PartyKind::Agency).map(|party| party.name.as_str()).collect();
    assert_eq!(agencies, ["ESX", "Westmarsh Police", "Probation", "Haven Trust"]);
}

#[test]
fn a_post_belongs_to_the_agency_that_stands_above_it_and_a_board_s_own_to_none() {
    let vocabulary = Vocabulary::built_in().unwrap();
    let cell =
        |lead: &str, under: &str| LeadCells { lead: lead.into(), under: Some(under.into()), ..LeadCells::default() };
    let cells = [
        cell("Head of Service", "Westmarsh Police"),
        cell("Head of Service", "Fenshire ICB"),
        cell("Board Manager", "Fenshire ICB"),
        cell("Northmere Housing", "Fenshire ICB"),
    ];
    let (parties, who) = read(&cells, &[], "", &vocabulary);
    let lead = |at: usize| &parties[who[at].leads[0].party];
    let of = |at: usize| lead(at).agency.map(|agency| parties[agency].name.as_str());
    assert_eq!((lead(0).name.as_str(), of(0)), ("Head of Service (Westmarsh Police)", Some("Westmarsh Police")));
    assert_eq!((lead(1).name.as_str(), of(1)), ("Head of Service (Fenshire ICB)", Some("Fenshire ICB")));
    assert_eq!(who[0].leads[0].raw, "Head of Service");
    assert!(lead(0).aliases.is_empty(), "its words alone could be either: {:?}", lead(0).aliases);
    assert_eq!((lead(2).name.as_str(), of(2)), ("Board Manager", None));
    assert_eq!((lead(3).name.as_str(), of(3)), ("Northmere Housing", None));
}

#[test]
fn what_a_post_is_for_stays_with_it_and_no_name_is_lost() {
    for (cell, wanted) in [
        ("Head of Service, Early Help", &["Head of Service, Early Help"][..]),
        ("Head of Service – Adolescents", &["Head of Service – Adolescents"]),
        (
            "Director of Nursing, Quality and Safety, Marle ICB",
            &["Director of Nursing, Quality and Safety", "Marle ICB"],
        ),
        ("Director of Public Health, Northmoor CC", &["Director of Public Health (Northmoor CC)"]),
        ("0-19 service, Midwifery", &["0-19 service", "Midwifery"]),
        ("Jane Doe and John Roe", &["Jane Doe", "John Roe"]),
        ("Jane Smith, Board Manager", &["Board Manager"]),
        ("N/A", &[]),
        ("Not assigned", &[]),
    ] {
        assert_eq!(leads(cell), wanted, "{cell}");
    }
    let rows = read_all(&["Marle Police", "As above", "Ditto"], "").1;
    assert!(rows.iter().all(|(leads, _)| leads == &["Marle Police"]), "{rows:?}");
}
