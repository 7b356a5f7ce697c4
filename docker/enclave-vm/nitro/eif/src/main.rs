//! Builds and describes enclave images (EIF files) with AWS's own library, in place of nitro-cli's
//! build-enclave, which needs a Docker engine, and describe-eif. Both print nitro-cli's JSON.
//!
//! ```text
//! eif build OUTPUT METADATA KERNEL CMDLINE RAMDISK...   METADATA, CMDLINE: files, JSON and text
//! eif describe FILE
//! ```

use aws_nitro_enclaves_image_format::defs::EifIdentityInfo;
use aws_nitro_enclaves_image_format::utils::eif_reader::EifReader;
use aws_nitro_enclaves_image_format::utils::EifBuilder;
use serde_json::{json, Value};
use sha2::{Digest, Sha384};
use std::error::Error;
use std::fs::{read_to_string, OpenOptions};
use std::path::Path;

const X86_64: u16 = 0; // the flags of the header: bit 0 is for arm64

fn build(
    output: &str,
    metadata: &str,
    kernel: &str,
    cmdline: &str,
    ramdisks: &[&str],
) -> Result<Value, Box<dyn Error>> {
    let metadata: EifIdentityInfo = serde_json::from_str(&read_to_string(metadata)?)?;
    let cmdline = read_to_string(cmdline)?.trim().to_string();
    let mut builder = EifBuilder::new(
        Path::new(kernel),
        cmdline,
        None,
        Sha384::new(),
        X86_64,
        metadata,
    );
    for ramdisk in ramdisks {
        builder.add_ramdisk(Path::new(ramdisk));
    }
    // The library reads back what it has written, for the checksum.
    let mut file = OpenOptions::new()
        .read(true)
        .write(true)
        .create(true)
        .truncate(true)
        .open(output)?;
    Ok(json!({ "Measurements": builder.write_to(&mut file) }))
}

fn describe(file: &str) -> Result<Value, Box<dyn Error>> {
    let mut image = EifReader::from_eif(file.to_string())?;
    let mut description = json!({
        "EifVersion": image.get_header().version,
        "Measurements": image.get_measurements()?,
        "IsSigned": image.signature_section.is_some(),
        "CheckCRC": image.check_crc(),
    });
    if let Some(metadata) = image.get_metadata() {
        description["ImageName"] = json!(metadata.img_name);
        description["ImageVersion"] = json!(metadata.img_version);
        description["Metadata"] = json!({
            "BuildTime": metadata.build_info.build_time,
            "BuildTool": metadata.build_info.build_tool,
            "BuildToolVersion": metadata.build_info.build_tool_version,
            "OperatingSystem": metadata.build_info.img_os,
            "KernelVersion": metadata.build_info.img_kernel,
            "DockerInfo": metadata.docker_info,
        });
    }
    Ok(description)
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let found = match arguments[..] {
        ["describe", file] => describe(file)?,
        ["build", output, metadata, kernel, cmdline, ref ramdisks @ ..] if !ramdisks.is_empty() => {
            build(output, metadata, kernel, cmdline, ramdisks)?
        }
        _ => {
            return Err(
                "usage: eif build OUTPUT METADATA KERNEL CMDLINE RAMDISK... | describe FILE".into(),
            )
        }
    };
    println!("{}", serde_json::to_string_pretty(&found)?);
    Ok(())
}
