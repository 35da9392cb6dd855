/* Validates files as PDF/A-1b with PDFBox preflight: one line a fault, status 1 if there is any. */
import java.io.File;
import org.apache.pdfbox.preflight.PreflightDocument;
import org.apache.pdfbox.preflight.ValidationResult;
import org.apache.pdfbox.preflight.exception.SyntaxValidationException;
import org.apache.pdfbox.preflight.parser.PreflightParser;

public class Preflight {
    static ValidationResult validate(File file) throws Exception {
        PreflightParser parser = new PreflightParser(file);
        try {
            parser.parse();
            PreflightDocument document = parser.getPreflightDocument();
            document.validate();
            ValidationResult result = document.getResult();
            document.close();
            return result;
        } catch (SyntaxValidationException e) {
            return e.getResult();
        }
    }

    public static void main(String[] names) throws Exception {
        boolean sound = true;
        for (String name : names) {
            ValidationResult result = validate(new File(name));
            sound &= result.isValid();
            for (ValidationResult.ValidationError e : result.getErrorsList())
                System.out.println(name + ": " + e.getErrorCode() + ": " + e.getDetails());
        }
        System.exit(sound ? 0 : 1);
    }
}
