//! STAND-IN
use crate::domain::action::{Lead, Targets};
use crate::domain::change::{Kind, Op, Value};
use crate::domain::draft::{Draft, DraftLead, DraftUnder};
use crate::domain::id::Id;
use crate::domain::recommendation::Under;
use crate::domain::register::Register;
pub struct Reconciled {
    pub ops: Vec<Op>,
    pub new: usize,
    pub same: usize,
    pub differs: Vec<String>,
    pub gone: Vec<String>,
    pub plan: Option<Id>,
}
pub fn slug_of(p: &std::path::Path) -> String {
    p.file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default()
}
pub fn reconcile(d: &Draft, slug: &str, _r: &Register) -> Reconciled {
    let mut ops =
        vec![Op::Add { kind: Kind::Plan, values: vec![Value::Slug(slug.into()), Value::Title(d.title.clone())] }];
    let p0 = ops.len();
    for p in &d.parties {
        ops.push(Op::Add { kind: Kind::Party, values: vec![Value::Name(p.name.clone()), Value::PartyKind(p.kind)] });
    }
    let f0 = ops.len();
    let plan = Id::pending(0);
    for f in &d.findings {
        ops.push(Op::Add {
            kind: Kind::Finding { plan },
            values: vec![Value::Number(f.number.clone()), Value::Text(f.text.clone())],
        });
    }
    let leads = |l: &[DraftLead]| {
        l.iter().map(|l| Lead { party: Id::pending(p0 + l.party), raw: l.raw.clone() }).collect::<Vec<_>>()
    };
    for r in &d.recommendations {
        let rid = Id::pending(ops.len());
        let under = match &r.under {
            DraftUnder::Findings(v) => Under::Findings(v.iter().map(|i| Id::pending(f0 + i)).collect()),
            _ => Under::Nothing,
        };
        ops.push(Op::Add {
            kind: Kind::Recommendation { plan },
            values: vec![Value::Number(r.number.clone()), Value::Text(r.text.clone()), Value::Under(under)],
        });
        for a in &r.actions {
            let aid = Id::pending(ops.len());
            ops.push(Op::Add {
                kind: Kind::Action { plan, recommendation: Some(rid) },
                values: vec![
                    Value::Text(a.text.clone()),
                    Value::Leads(leads(&a.leads)),
                    Value::Via(leads(&a.via)),
                    Value::Targets(Targets { dates: a.targets.clone(), reason: String::new() }),
                    Value::Rating(a.rating.clone()),
                ],
            });
            for e in &a.progress {
                ops.push(Op::Add { kind: Kind::Entry { action: aid, said: e.clone() }, values: vec![] });
            }
        }
    }
    Reconciled { new: 1, same: 0, differs: vec![], gone: vec![], plan: None, ops }
}
