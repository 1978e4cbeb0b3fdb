/** Bytes that are no act. The sentence says what is wrong with them; whoever reads a lane passes such an element over, the gate refuses it. */
export class MalformedAct extends Error {
  constructor(sentence: string) {
    super(sentence)
    this.name = 'MalformedAct'
  }
}
