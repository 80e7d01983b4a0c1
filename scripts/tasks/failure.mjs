// A failure whose message is all that the person at the terminal needs: printed without a stack.
export class TaskFailure extends Error {}
