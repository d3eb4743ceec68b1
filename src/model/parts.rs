//! The parts of a model's file, in little-endian numbers, read where they lie.

/// What is left of a file; each part is taken from its start.
pub(super) struct Parts(&'static [u8]);

impl Parts {
    /// A file that starts with this mark.
    pub fn of(file: &'static [u8], mark: &[u8; 4]) -> Option<Self> {
        file.strip_prefix(mark).map(Self)
    }

    pub fn take(&mut self, bytes: usize) -> Option<&'static [u8]> {
        let (part, rest) = self.0.split_at_checked(bytes)?;
        self.0 = rest;
        Some(part)
    }

    /// A number of 32 bits.
    pub fn number(&mut self) -> Option<usize> {
        Some(u32::from_le_bytes(self.take(4)?.try_into().ok()?) as usize)
    }

    /// Numbers of 16 bits.
    pub fn numbers(&mut self, count: usize) -> Option<Vec<u16>> {
        Some(self.take(count * 2)?.as_chunks().0.iter().map(|two| u16::from_le_bytes(*two)).collect())
    }

    pub fn floats(&mut self, count: usize) -> Option<Vec<f32>> {
        Some(self.take(count * 4)?.as_chunks().0.iter().map(|four| f32::from_le_bytes(*four)).collect())
    }
}
