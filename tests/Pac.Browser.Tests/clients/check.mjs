/** Runs one check and reports it as the tests read it: "ok NAME" or "not ok NAME: WHY". */
export async function check(name, body) {
  try {
    await body();
    console.log(`ok ${name}`);
  } catch (error) {
    const why = [error.message, error.cause?.message ?? error.error_description].filter(Boolean).join('; ');
    console.log(`not ok ${name}: ${why.replaceAll('\n', ' ')}`);
    process.exitCode = 1;
  }
}
