/** `consilium user add|list|forget`: the people of this server. For administrators. */
import { randomBytes } from 'node:crypto'
import { text } from 'node:stream/consumers'
import type { Erase, Member, Person } from '@consilium/contract/people'
import { ROLES } from '@consilium/crdt-schema/roles'
import { type Command, Option } from 'commander'
import { Failure, Usage } from '../failure.ts'
import { Link, type LinkOptions, withLink } from '../link.ts'
import { findProject } from '../projects.ts'
import { note, print, printJson, table } from '../terminal.ts'

interface AddOptions extends LinkOptions {
  name: string
  login: string
  credential?: string
  admin?: boolean
  passwordStdin?: boolean
  project?: string
  role?: string
  json?: boolean
}

export function addUser(program: Command): void {
  const user = program.command('user').description('People who may sign in (administrators only)')
  withLink(user.command('add'))
    .description('Add a person. Without --password-stdin a password is made and printed once.')
    .requiredOption('--name <name>', 'as it is written on screen')
    .requiredOption('--login <login>', 'what the person signs in with')
    .option('--credential <text>', 'for example "thoracic radiology"')
    .option('--admin', 'may manage this server')
    .option('--password-stdin', 'read the password from standard input')
    .option('--project <project>', 'make the person a member of this project')
    .addOption(new Option('--role <role>', 'role in that project').choices(ROLES))
    .option('--json', 'print the result as JSON')
    .addHelpText(
      'after',
      '\nExamples:\n  consilium user add --name "Dr A. Okafor" --login okafor --project LN --role reader\n  pass show okafor | consilium user add --name "Dr A. Okafor" --login okafor --password-stdin',
    )
    .action(add)
  withLink(user.command('list'))
    .description('List everybody who may sign in.')
    .option('--json', 'print the list as JSON')
    .addHelpText('after', '\nExample:\n  consilium user list')
    .action(list)
  withLink(user.command('forget'))
    .description(
      'Forget a person for good: nothing of them can be read any more, what they did stays under a number.',
    )
    .argument('<login>', 'what the person signs in with')
    .requiredOption('--for-good <login>', 'the same again: it cannot be taken back')
    .addHelpText('after', '\nExample:\n  consilium user forget okafor --for-good okafor')
    .action(forget)
}

async function add(options: AddOptions): Promise<void> {
  if ((options.project === undefined) !== (options.role === undefined))
    throw new Usage('--project and --role belong together: say both or none.')
  const made = options.passwordStdin ? null : randomBytes(12).toString('base64url')
  const password = made ?? (await text(process.stdin)).replace(/\r?\n$/, '')
  const link = new Link(options)
  const project = options.project === undefined ? null : await findProject(link, options.project)
  const { name, login, credential = '', admin = false } = options
  const person = await link.call<Person>('POST', '/people', { name, login, credential, admin, password })
  if (project)
    await link.call<Member>('PUT', `/projects/${project.id}/members/${person.id}`, { role: options.role })
  if (options.json) return printJson(made === null ? person : { ...person, password: made })
  print(`${person.name} may sign in as ${person.login}.`)
  if (project) print(`Role in ${project.title}: ${options.role}.`)
  if (made !== null) {
    print(`Password: ${made}`)
    note('It is shown once. Hand it over safely.')
  }
}

async function forget(login: string, options: LinkOptions & { forGood: string }): Promise<void> {
  const link = new Link(options)
  const person = (await link.call<Person[]>('GET', '/people')).find((one) => one.login === login)
  if (!person) throw new Failure(`There is nobody by the sign-in name ${login}.`)
  await link.call('POST', `/people/${person.id}/erase`, { login: options.forGood } satisfies Erase)
  print('Forgotten. What they did stays, under a number.')
}

async function list(options: LinkOptions & { json?: boolean }): Promise<void> {
  const people = await new Link(options).call<Person[]>('GET', '/people')
  if (options.json) return printJson(people)
  print(
    table([
      ['Login', 'Name', 'Credential', ''],
      ...people.map((p) => [p.login, p.name, p.credential, p.admin ? 'administrator' : '']),
    ]),
  )
}
