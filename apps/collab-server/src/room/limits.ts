/** Every limit of the live channel, in one place. Beyond one of them the server says no; it never cuts. */

/** One WebSocket frame. Larger ones close the socket (1009) before they are read into memory. */
export const MAX_FRAME_BYTES = 8 * 1024 * 1024
/** One Yjs update, as the gate takes it. */
export const MAX_UPDATE_BYTES = 4 * 1024 * 1024
/** Structs an update may add; a page that was offline for days stays far below. */
export const MAX_NEW_STRUCTS = 20_000
/** Clocks an update may use up: what freezes a clientID for ever is one struct of length 2^52. */
export const MAX_NEW_CLOCKS = 1_000_000
/** `clock` and `len` are int4 in the journal. */
export const MAX_CLOCK = 2 ** 31 - 1
/** Shared types inside one another, the root not counted; and arrays and objects inside one value. */
export const MAX_DEPTH = 8
/** Keys below an entry, UTF-16 code units. Fractional indexes grow, but not to this. */
export const MAX_KEY_LENGTH = 256
/** One string inside a value, or one run of text, UTF-16 code units. */
export const MAX_STRING_LENGTH = 64 * 1024
/** Values (numbers, strings …) inside one plain value. */
export const MAX_VALUE_PARTS = 20_000

/** One person's presence, without the stroke in progress, as JSON. */
export const MAX_PRESENCE_BYTES = 4 * 1024
/** The stroke in progress. */
export const MAX_DRAFT_BYTES = 24 * 1024
/** A raw awareness frame with many clients in it is somebody playing tricks. */
export const MAX_AWARENESS_FRAME_BYTES = 64 * 1024

/** What may pile up for a reader that does not read; then it is closed (1013) and comes back to a fresh state. */
export const MAX_BUFFERED_BYTES = 8 * 1024 * 1024
/** Time to name oneself on a document after the socket opened. */
export const AUTHENTICATE_WITHIN_MS = 10_000
/** Before a document was authenticated on a socket. */
export const MAX_QUEUED_BYTES = 1024 * 1024
export const MAX_QUEUED_MESSAGES = 1_000
export const MAX_PENDING_DOCUMENTS = 4
/** Times in a row that a page may be asked for everything and answer with a hole. */
export const MAX_RESYNCS = 8
/** Updates with a hole that may wait for the page's answer. */
export const MAX_OWED = 2_000
/** What a page may say it has: twelve bytes for each clientID that ever wrote, and some of its own that nobody has seen. */
export const MAX_STATE_VECTOR_BYTES = 256 * 1024
