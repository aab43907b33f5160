// pmmlruntime behind a C interface of two functions, so that bench_native may open it. Rows are maps that were built
// beforehand, as its users would; all inputs are numbers.
use pmmlruntime::base::Value;
use pmmlruntime::session::batch::Batch;
use pmmlruntime::session::{PmmlEnv, Session, SessionOptions};
use std::collections::HashMap;
use std::slice::from_raw_parts;
use std::str::from_utf8;

pub struct Engine {
    session: Session,
    rows: Vec<HashMap<String, Value>>,
    answers: Vec<String>,
}

unsafe fn text<'a>(bytes: *const u8, size: usize) -> &'a str {
    from_utf8(from_raw_parts(bytes, size)).unwrap_or("")
}

/// `fields` and `answers`: names, a line each; `values`: row after row. Null if the model does not load.
#[no_mangle]
pub unsafe extern "C" fn bench_load(
    pmml: *const u8, pmml_size: usize, fields: *const u8, fields_size: usize, answers: *const u8, answers_size: usize,
    values: *const f64, rows: usize,
) -> *mut Engine {
    let names: Vec<&str> = text(fields, fields_size).lines().collect();
    let values = from_raw_parts(values, rows * names.len());
    let Ok(session) = Session::from_bytes(&PmmlEnv::new(), from_raw_parts(pmml, pmml_size), SessionOptions::default()) else {
        return std::ptr::null_mut();
    };
    let row = |row: &[f64]| names.iter().zip(row).map(|(name, x)| (name.to_string(), Value::Continuous(*x))).collect();
    let rows = values.chunks(names.len()).map(row).collect();
    let answers = text(answers, answers_size).lines().map(String::from).collect();
    Box::into_raw(Box::new(Engine { session, rows, answers }))
}

#[no_mangle]
pub unsafe extern "C" fn bench_score(engine: *mut Engine, row: usize, answers: *mut f64) {
    let engine = &*engine;
    let result = engine.session.run(&engine.rows[row] as &dyn Batch).ok().and_then(|out| out.into_single());
    for (i, name) in engine.answers.iter().enumerate() {
        let value = result.as_ref().and_then(|out| out.get(name).or_else(|| out.get("predictedValue")));
        *answers.add(i) = match value {
            Some(Value::Continuous(x)) => *x,
            _ => f64::NAN,
        };
    }
}

#[no_mangle]
pub unsafe extern "C" fn bench_free(engine: *mut Engine) {
    if !engine.is_null() {
        drop(Box::from_raw(engine));
    }
}
