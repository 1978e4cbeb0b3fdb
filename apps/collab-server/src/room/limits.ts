/** Every limit of the live channel, in one place. Beyond one of them the server says no; it never cuts. */

/** One WebSocket frame. Larger ones close the socket (1009) before they are read into memory. */
export const MAX_FRAME_BYTES = 8 * 1024 * 1024
/** One Yjs update, as the gate takes it. */
export const MAX_UPDATE_BYTES = 4 * 1024 * 1024
/** Structs an update may add: each point of a contour is one, so a page that was offline for a day may bring thousands. */
export const MAX_NEW_STRUCTS = 50_000
/** Clocks an update may use up: what freezes a clientID for ever is one struct of length 2^52. */
export const MAX_NEW_CLOCKS = 1_000_000
/** `clock` and `len` are int4 in the journal. */
export const MAX_CLOCK = 2 ** 31 - 1
/** Arrays and objects inside one another in one value. */
export const MAX_DEPTH = 8
/** Keys of fields, points and values, UTF-16 code units: as long as the longest fractional index that a page may make. */
export const MAX_KEY_LENGTH = 512
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
/** Yjs clientIDs are unsigned 32-bit. */
export const MAX_CLIENT = 2 ** 32 - 1
/** Deleted ranges that an update may name, known ones too: a page that returns names all of the document. */
export const MAX_RANGES = 200_000
/** Stored items that an update may delete. */
export const MAX_NEW_DELETES = 50_000
/** clientIDs that one update may write under: a page that was offline has a few leases, not hundreds. */
export const MAX_NEW_CLIENTS = 64
/** clientIDs of their own choosing that one connection may write under. */
export const MAX_BINDS = 32

/** Documents open at once on one socket, and sockets open at once under one session. */
export const MAX_DOCUMENTS_PER_SOCKET = 8
export const MAX_SOCKETS_PER_SESSION = 128
/**
 * New sockets under one session: CONSILIUM_SOCKETS_PER_SECOND, and so many seconds' worth of it at once: after a restart everybody comes back.
 * From one address so many times as many: behind a proxy many people have the same.
 */
export const SOCKETS_AT_ONCE_S = 10
export const SESSIONS_PER_ADDRESS = 5
/** What one socket may send at once, and a second. What comes faster is read later: its sender slows down, nobody else notices. */
export const FRAMES_PER_SECOND = 3_000
export const FRAMES_AT_ONCE = 6_000
export const BYTES_PER_SECOND = 16 * 1024 * 1024
export const BYTES_AT_ONCE = 2 * MAX_FRAME_BYTES
/** Asking for a document's state is work for the server; it counts as this many frames. */
export const FRAMES_PER_QUESTION = 150
/** What may wait for the journal on one socket before no more of it is read; when half of that is done it is read on. */
export const MAX_WAITING_BYTES = 1024 * 1024
export const MAX_WAITING_FRAMES = 2_000
/** Updates of one connection that go through the gate together; a larger one goes alone. */
export const MAX_BATCH_BYTES = 64 * 1024
export const MAX_BATCH_UPDATES = 256

/** How often one page's presence is told. */
export const PRESENCE_PER_SECOND = 60
/** How often everybody is told of new rows, and how many of them at most: what a page then misses it asks for. */
export const NEWS_EVERY_MS = 100
export const MAX_NEWS_ROWS = 50
/** A socket that has left so many pings unanswered when the next is due is gone: a slow line has fifteen seconds, a dead one twenty. */
export const PING_EVERY_MS = 5_000
export const UNANSWERED_PINGS = 3
/** Pings from one word to a script's page to the next. */
export const PINGS_A_WORD = 3
/** Stored letters and values that are looked at to see that those of an update stand in their order: long texts have some thousand runs. */
export const MAX_SEQUENCE_STEPS = 200_000
/** An honest act has the highest number its page has seen and one; more where another page of the same person, or what was lost, had gone on. */
export const MAX_LAMPORT_AHEAD = 4_096
