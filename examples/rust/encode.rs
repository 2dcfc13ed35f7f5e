// Encodes a text, prints its ids, decodes them, and shows an error.
//
//     rustc --edition 2021 encode.rs -L PREFIX/lib -l tok && ./encode
use std::ffi::{c_char, c_void, CStr, CString};
use std::{fmt, ptr};

#[allow(non_camel_case_types)]
type tok_status = i32;
const TOK_E_CAPACITY: tok_status = -1;
const TOK_INVALID_UTF8_REPAIR: i32 = 0;

extern "C" {
    fn tok_tokenizer_load_name(
        name: *const c_char,
        tokenizer: *mut *mut c_void,
        error: *mut *mut c_void,
    ) -> tok_status;
    fn tok_tokenizer_free(tokenizer: *mut c_void) -> tok_status;
    fn tok_encode(
        tokenizer: *const c_void,
        text: *const c_char,
        length: usize,
        options: *const c_void,
        context: *mut c_void,
        ids: *mut u32,
        capacity: usize,
        count: *mut usize,
        error: *mut *mut c_void,
    ) -> tok_status;
    fn tok_decode(
        tokenizer: *const c_void,
        ids: *const u32,
        count: usize,
        special: bool,
        invalid_utf8: i32,
        text: *mut c_char,
        capacity: usize,
        length: *mut usize,
        error: *mut *mut c_void,
    ) -> tok_status;
    fn tok_error_message(error: *const c_void) -> *const c_char;
    fn tok_error_free(error: *mut c_void) -> tok_status;
}

#[derive(Debug)]
struct Error {
    status: tok_status,
    message: String,
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "error {}: {}", self.status, self.message)
    }
}

/// Makes a call; what it says of an error becomes ours.
fn call(body: impl FnOnce(*mut *mut c_void) -> tok_status) -> Result<(), Error> {
    let mut error = ptr::null_mut();
    let status = body(&mut error);
    if status == 0 {
        return Ok(());
    }
    let message = unsafe { CStr::from_ptr(tok_error_message(error)) }
        .to_string_lossy()
        .into_owned();
    unsafe { tok_error_free(error) };
    Err(Error { status, message })
}

/// Calls again with more room when there was too little.
fn grown<T: Clone + Default>(
    guess: usize,
    body: impl Fn(*mut T, usize, *mut usize, *mut *mut c_void) -> tok_status,
) -> Result<Vec<T>, Error> {
    let mut found = vec![T::default(); guess];
    loop {
        let mut count = 0;
        let result = call(|error| body(found.as_mut_ptr(), found.len(), &mut count, error));
        let is_enough = count <= found.len();
        found.resize(count, T::default());
        match result {
            Ok(()) => return Ok(found),
            Err(error) if error.status == TOK_E_CAPACITY && !is_enough => continue,
            Err(error) => return Err(error),
        }
    }
}

struct Tokenizer(*mut c_void);

// It never changes.
unsafe impl Send for Tokenizer {}
unsafe impl Sync for Tokenizer {}

impl Tokenizer {
    fn named(name: &str) -> Result<Tokenizer, Error> {
        let name = CString::new(name).expect("a name without NUL");
        let mut tokenizer = ptr::null_mut();
        call(|error| unsafe { tok_tokenizer_load_name(name.as_ptr(), &mut tokenizer, error) })?;
        Ok(Tokenizer(tokenizer))
    }

    fn encode(&self, text: &str) -> Result<Vec<u32>, Error> {
        grown(text.len() / 3 + 16, |ids, capacity, count, error| unsafe {
            tok_encode(
                self.0,
                text.as_ptr().cast(),
                text.len(),
                ptr::null(),
                ptr::null_mut(),
                ids,
                capacity,
                count,
                error,
            )
        })
    }

    fn decode(&self, ids: &[u32]) -> Result<String, Error> {
        let bytes = grown(
            ids.len() * 6 + 16,
            |text: *mut u8, capacity, length, error| unsafe {
                tok_decode(
                    self.0,
                    ids.as_ptr(),
                    ids.len(),
                    false,
                    TOK_INVALID_UTF8_REPAIR,
                    text.cast(),
                    capacity,
                    length,
                    error,
                )
            },
        )?;
        Ok(String::from_utf8(bytes).expect("repaired text"))
    }
}

impl Drop for Tokenizer {
    fn drop(&mut self) {
        unsafe { tok_tokenizer_free(self.0) };
    }
}

fn main() -> Result<(), Error> {
    let tokenizer = Tokenizer::named("o200k_base")?;
    let ids = tokenizer.encode("Hello, wörld! 你好")?;
    let shown: Vec<String> = ids.iter().map(u32::to_string).collect();
    println!("ids: {}", shown.join(" "));
    println!("text: {}", tokenizer.decode(&ids)?);
    // No token has this id.
    if let Err(error) = tokenizer.decode(&[4000000]) {
        println!("{error}");
    }
    Ok(())
}
