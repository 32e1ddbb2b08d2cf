import { useId } from 'react';
import { FieldError, Input, Label, Text, TextField, type TextFieldProps } from 'react-aria-components';
import styles from './field.module.css';

export interface FieldProps extends Omit<TextFieldProps, 'className' | 'children' | 'style'> {
  label: string;
  hint?: string;
  /** What is wrong with the value, where something is. */
  error?: string | undefined;
  placeholder?: string;
  /** Keys and paths: of a fixed width, and no spelling. */
  isCode?: boolean;
  /** Values that are offered while one is typed. */
  offered?: readonly string[];
}

/** A line of text with its label, a hint, and what is wrong with it. */
export function Field({ label, hint, error, placeholder, isCode = false, offered, ...props }: FieldProps) {
  const list = useId();
  return (
    <TextField {...props} isInvalid={error !== undefined} className={styles.field!}>
      <Label className={styles.label!}>{label}</Label>
      <Input
        className={`${styles.input} ${isCode ? styles.code : ''}`}
        placeholder={placeholder}
        list={offered && list}
        spellCheck={isCode ? false : undefined}
      />
      {offered && (
        <datalist id={list}>
          {offered.map((value) => (
            <option key={value} value={value} />
          ))}
        </datalist>
      )}
      {hint && error === undefined && (
        <Text slot="description" className={styles.hint!}>
          {hint}
        </Text>
      )}
      <FieldError className={styles.error!}>{error}</FieldError>
    </TextField>
  );
}
