/** What no pool setting forbids: passwords made of what anybody knows (ASVS 6.1.2, 6.2.11). */
import { Refused } from '../http/problem.ts';

/** Shorter parts of an address are in too many good passwords. */
const shortest = 4;

/** @throws Refused invalid_input when the password holds the app's, the user's or the house's name. */
export function refuseKnownWords(password: string, email: string): void {
  const lower = password.toLowerCase();
  // The last label of the domain says nothing: `com` and `org` are in too many good passwords.
  const own = email
    .toLowerCase()
    .replace(/\.[^.@]*$/, '')
    .split(/[@._+-]/);
  const words = ['maskwright', ...own.filter((part) => part.length >= shortest)];
  if (words.some((word) => lower.includes(word))) {
    throw new Refused('invalid_input', { field: 'password' });
  }
}
