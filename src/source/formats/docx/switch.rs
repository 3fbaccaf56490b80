//! Switches of properties (ECMA-376 17.17.4, `ST_OnOff`).

/// Whether a switch is on, by its value.
pub(super) fn is_on(value: &str) -> bool {
    !matches!(value, "0" | "false" | "off" | "none")
}
