import { type JSX, splitProps } from 'solid-js';
import { Button, IconButton } from '../controls/Button.tsx';
import { useCommand } from './use-commands.ts';

/** A button that runs a command and is off when the command makes no sense. */
export function CommandButton(
  props: Parameters<typeof Button>[0] & { command: string; children?: JSX.Element },
) {
  const [own, rest] = splitProps(props, ['command', 'children']);
  const command = useCommand(own.command);
  return (
    <Button
      {...rest}
      disabled={!command.when()}
      title={command.keys[0] ? `${command.title} (${command.keys[0]})` : command.title}
      onClick={() => command.run()}
    >
      {own.children ?? command.title}
    </Button>
  );
}

/** The same with an icon alone. */
export function CommandIcon(props: { command: string; pressed?: boolean; children: JSX.Element }) {
  const command = useCommand(props.command);
  return (
    <IconButton
      label={command.title}
      shortcut={command.keys[0]}
      disabled={!command.when()}
      {...(props.pressed === undefined ? {} : { pressed: props.pressed })}
      onClick={() => command.run()}
    >
      {props.children}
    </IconButton>
  );
}
