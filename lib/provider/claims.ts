// Two resources of one type for one machine would undo each other's work forever: refused in the plan that shows both.

export class Claims {
  private readonly claims = new Map<string, string | null>();

  /**
   * False when another resource has planned this machine.
   *
   * @param token the resource's own; null for one that is not in state yet. A resource that is replaced is planned twice, as it is and as new,
   *   and Terraform hands the private data of the first plan to the second: by its token it is known as one resource.
   */
  claim(typeName: string, instanceId: string, token: string | null): boolean {
    const key = `${typeName}/${instanceId}`;
    const known = this.claims.get(key);
    if (known === undefined) {
      this.claims.set(key, token);
      return true;
    }
    return token !== null && known === token;
  }
}
