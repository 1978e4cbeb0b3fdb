/**
 * Something outside the program keeps the server from starting: a setting, a folder, a port, another process.
 * The message is one or more plain sentences for whoever started it; it is printed without a stack, and the process ends with 1.
 */
export class StartupError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'StartupError'
  }
}
