//! Writes hostile payloads as files, for `cargo xtask hostile`: a folder, then the sizes in bytes.
//! Prints, for each shape, the payload that it is checked as and the name of its files.

use std::path::PathBuf;
use std::{env, fs};

use pipelint_tests::hostile::SHAPES;

fn main() {
    let mut arguments = env::args().skip(1);
    let folder = PathBuf::from(arguments.next().expect("a folder"));
    let sizes: Vec<usize> = arguments
        .map(|size| size.parse().expect("a size"))
        .collect();
    for shape in SHAPES {
        let name = shape.name.replace(' ', "-");
        for size in &sizes {
            let path = folder.join(format!("{name}-{size}.json"));
            fs::write(path, (shape.make)(*size)).expect("a folder to write to");
        }
        println!("{} {name}", shape.payload);
    }
}
