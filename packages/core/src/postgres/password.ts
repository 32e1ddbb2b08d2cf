/** Whom a password is for. */
interface Login {
  host: string;
  port: number;
  user: string | undefined;
  database: string | undefined;
}

/** The password in `~/.pgpass` or the file that PGPASSFILE names; '' where there is none. */
export async function passwordFromFile(login: Login): Promise<string> {
  // @ts-expect-error it comes without types
  const { default: pgpass } = (await import('pgpass')) as {
    default: (login: Login, done: (password: string | undefined) => void) => void;
  };
  return new Promise((resolve) => pgpass(login, (password) => resolve(password ?? '')));
}
