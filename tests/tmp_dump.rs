use arising::import::*;
#[test]
fn dump() {
    let f = std::env::var("F").unwrap();
    let d = read(
        "x.txt",
        &std::fs::read(&f).unwrap(),
        &Options { today: chrono::NaiveDate::from_ymd_opt(2026, 9, 12).unwrap(), title: None, ..Options::default() },
    );
    match d {
        Err(e) => println!("{e}"),
        Ok(d) => {
            println!(
                "TITLE {:?} as at {:?}\nnotes {:#?}\nfindings {:?}\nscheme {:?}\nflags {:?}\nglossary {}",
                d.title,
                d.as_at,
                d.notes,
                d.findings,
                d.scheme,
                d.flags,
                d.glossary.len()
            );
            for (i, p) in d.parties.iter().enumerate() {
                println!("party {i} {:?} {:?} -> {:?} aka {:?}", p.name, p.kind, p.agency, p.aliases);
            }
            let show = |a: &arising::domain::draft::DraftAction| {
                println!(
                    "   ACTION {:?} {:?}\n     leads {:?} via {:?}\n     targets {:?}\n     rating {:?}",
                    a.number, a.text, a.leads, a.via, a.targets, a.rating
                );
                for e in &a.progress {
                    println!("     {:?} {:?} {:?}", e.date.map(|d| d.to_string()), e.by, e.text);
                }
                for f in &a.flags {
                    println!("     FLAG {f:?}");
                }
                println!("     at {}", a.source.place);
            };
            for r in &d.recommendations {
                println!("REC {} {} {:?} {:?} out {:?}", r.number, r.number_inferred, r.text, r.under, r.outcome);
                for f in &r.flags {
                    println!("   FLAG {f:?}");
                }
                r.actions.iter().for_each(&show);
            }
            println!("LOOSE");
            d.actions.iter().for_each(&show);
        }
    }
}
