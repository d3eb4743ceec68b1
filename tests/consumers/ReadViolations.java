import java.util.logging.Level;
import java.util.logging.LogManager;
import shadow.se.bjurr.violations.lib.ViolationsApi;
import shadow.se.bjurr.violations.lib.model.Violation;
import shadow.se.bjurr.violations.lib.reports.Parser;

/** Prints what Violations Lib reads in a report: a line a finding, its fields with a unit separator between them. */
public class ReadViolations {
    public static void main(String[] arguments) throws Exception {
        LogManager.getLogManager().getLogger("").setLevel(Level.WARNING);
        var found = ViolationsApi.violationsApi()
                .findAll(Parser.valueOf(arguments[0]))
                .inFolder(arguments[1])
                .withPattern(arguments[2])
                .violations();
        for (Violation one : found) {
            var fields = new String[] {
                one.getFile(), one.getStartLine().toString(), one.getColumn().toString(),
                one.getSeverity().toString(), one.getRule(), one.getMessage(),
            };
            System.out.write((String.join("\u001f", fields) + "\u001e").getBytes("UTF-8"));
        }
        System.out.flush();
    }
}
