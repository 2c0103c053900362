/** What was sent to a copy does not continue what is there, or cannot be carried out on it. */
export class DoesNotFollow extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'DoesNotFollow';
  }
}
