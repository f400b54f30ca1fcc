/** Where a file came from: its folders and its name, joined by `/`. */
export function pathOf({ folder, name }: { folder: string; name: string }): string {
  return folder ? `${folder}/${name}` : name;
}
