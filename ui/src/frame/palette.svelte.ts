/** Whether the palette is open. */
export const palette = $state({ open: false })
