//! Crockford base 32, as bits most significant first; `O` reads as 0, `I` and `L` as 1.

const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// The letter for the lowest five bits of `value`.
pub(super) fn letter(value: u8) -> char {
    ALPHABET.get(usize::from(value & 31)).copied().map_or('0', char::from)
}

/// The five bits a letter stands for, tolerant of case and of look-alikes.
pub(super) fn value(letter: char) -> Option<u8> {
    let letter = match letter.to_ascii_lowercase() {
        'o' => '0',
        'i' | 'l' => '1',
        other => other,
    };
    let place = ALPHABET.iter().position(|&known| char::from(known) == letter)?;
    u8::try_from(place).ok()
}

/// Letters, five bits each, for whole bytes; the bit count must be a multiple of five.
pub(super) fn encode(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 8 / 5 + 1);
    let (mut window, mut held) = (0_u32, 0);
    for &byte in bytes {
        window = (window << 8) | u32::from(byte);
        held += 8;
        while held >= 5 {
            held -= 5;
            text.push(letter((window >> held & 31) as u8));
        }
        window &= (1 << held) - 1;
    }
    text
}

/// The bytes that a row of five-bit values spells; left-over bits are dropped.
pub(super) fn pack(values: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(values.len() * 5 / 8);
    let (mut window, mut held) = (0_u32, 0);
    for &value in values {
        window = (window << 5) | u32::from(value & 31);
        held += 5;
        if held >= 8 {
            held -= 8;
            bytes.push((window >> held & 255) as u8);
        }
        window &= (1 << held) - 1;
    }
    bytes
}
