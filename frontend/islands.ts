const modules = import.meta.glob("./islands/*/index.ts");

/** Loads the code of `<cantiere-name>` only when such an element is on the page. */
export async function islands(root: ParentNode): Promise<void> {
  const wanted = Object.entries(modules).filter(([path]) => {
    const name = path.split("/")[2];
    return name !== undefined && root.querySelector(`cantiere-${name}`) !== null;
  });
  await Promise.all(wanted.map(([, load]) => load()));
}
