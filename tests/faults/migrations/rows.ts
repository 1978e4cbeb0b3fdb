/** What a server of each level could have written into its tables, so that the migration after it meets rows. Made up. */
const HASH = `decode(repeat('ab', 32), 'hex')`

/** By the migration after which they can be written. */
export const ROWS: Readonly<Record<string, string>> = {
  '0001_journal': `
    insert into document (created_at, head_seq, name, head_hash) values (1, 2, 'panel:aaaaaaaaaaaaaaaa', ${HASH}), (2, 0, 'panel:bbbbbbbbbbbbbbbb', null);
    insert into lease (id, doc, client, seq, person, role, session) values (nextval('lease_number'), 1, 4711, 1, 1, 2, 'ssssssssssssssss');
    insert into revision (seq, at, doc, lease, clock, len, act, role, hash, bytes) values
      (1, 10, 1, 1, 0, 0, 2, 2, ${HASH}, '\\x01'), (2, 11, 1, 1, 0, 3, 1, 2, ${HASH}, '\\x0203');
    insert into span (lease, clock, len, doc, seq) values (1, 3, 1, 1, 2);
    insert into entry (id, doc, root, key) values (nextval('entry_number'), 1, 1, '4711-abcdefgh');
    insert into touch (seq, entry, kind, fields) values (2, 1, 1, 3);
    insert into snapshot (seq, doc, format, sha256, bytes) values (2, 1, 2, ${HASH}, '\\x00');
    insert into person_key (person, wrapped) values (1, '\\x0102')`,
  '0002_people': `
    insert into people (handle, login, name, initials, credential, admin, password_hash, created_at) values
      ('pppppppppppppppp', 'okafor', 'Dr A. Okafor', 'AO', 'radiology', true, '$argon2id$', 1), ('qqqqqqqqqqqqqqqq', 'this-machine', 'This machine', 'TM', '', true, null, 1);
    insert into sessions (hash, handle, person, created_at, last_seen_at, expires_at, agent) values ('h', 'ssssssssssssssss', 1, 1, 1, 9, 'Firefox');
    insert into tokens (handle, hash, person, title, created_at) values ('tttttttttttttttt', 'h', 1, 'script', 1);
    insert into first_admin_keys (hash, created_at) values ('h', 1);
    insert into projects (id, key, title, created_at) values ('rrrrrrrrrrrrrrrr', 'LN', 'Nodules', 1);
    insert into members (project, person, role) values ('rrrrrrrrrrrrrrrr', 1, 'reader');
    insert into labels (project, key, title, colour, position) values ('rrrrrrrrrrrrrrrr', 'solid', 'Solid', 1, 1);
    insert into cases (id, project, number, phase, created_at) values ('aaaaaaaaaaaaaaaa', 'rrrrrrrrrrrrrrrr', 1, 'panel', 1)`,
  '0003_studies': `
    insert into imports (id, project, person, state, created_at, touched_at) values ('iiiiiiiiiiiiiiii', 'rrrrrrrrrrrrrrrr', 1, 'receiving', 1, 1);
    insert into series (id, "case", fingerprint, modality, body_part, slices, about, created_at) values ('eeeeeeeeeeeeeeee', 'aaaaaaaaaaaaaaaa', 'f', 'CT', 'CHEST', 1, '{}', 1);
    insert into frames (series, number, key, sha256, slice) values ('eeeeeeeeeeeeeeee', 1, 'k', 's', '{}');
    insert into packs (series, number, first, count, bytes, sha256) values ('eeeeeeeeeeeeeeee', 0, 0, 1, 9, 's');
    insert into studies ("case", project, key) values ('aaaaaaaaaaaaaaaa', 'rrrrrrrrrrrrrrrr', 'k');
    insert into staged_slices (import, key, sha256, slice, report) values ('iiiiiiiiiiiiiiii', 'k', 's', '{}', '{}');
    insert into import_series (import, series) values ('iiiiiiiiiiiiiiii', 'eeeeeeeeeeeeeeee')`,
  '0004_said': `
    insert into revision (seq, at, doc, lease, clock, len, act, role, hash, bytes, said) values (3, 12, 1, 1, 4, 1, 1, 2, ${HASH}, '\\x04', 9)`,
  // Before this one nothing wrote checkpoints.
  '0006_checkpoints': `
    insert into checkpoint (n, at, rows, docs, root, prev, sig, key) values (1, 20, 3, 1, ${HASH}, ${HASH}, ${HASH}, ${HASH});
    insert into checkpoint_head (n, seq, doc, hash) values (1, 3, 1, ${HASH})`,
  '0009_redaction': `
    insert into revision (seq, at, doc, lease, clock, len, act, role, hash, bytes, bytes_hash) values (4, 13, 1, 1, 5, 1, 1, 2, ${HASH}, '\\x05', ${HASH});
    insert into purge_due (seq, doc) values (4, 1)`,
  '0010_intake': `
    update frames set bytes = 9, lower_sha256 = 's', lower_bytes = 1;
    insert into import_files (import, mark, status) values ('iiiiiiiiiiiiiiii', 'm', 'stored');
    insert into held_pictures (id, project, import, person, frames, about, reasons, created_at) values ('hhhhhhhhhhhhhhhh', 'rrrrrrrrrrrrrrrr', 'iiiiiiiiiiiiiiii', 1, 1, '{}', '[]', 1);
    insert into held_slices (held, number, key, sha256, bytes, slice) values ('hhhhhhhhhhhhhhhh', 0, 'k', 's', 9, '{}');
    insert into cleared_slices (project, key) values ('rrrrrrrrrrrrrrrr', 'k')`,
  '0007_audit': `
    insert into audit (n, at, person, act, role, detail, hash) values (1, 30, 1, 23, 0, '{"checkpoint":1}', ${HASH})`,
}
