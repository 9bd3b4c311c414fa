//! The words of the command line.

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};

/// Public-consultation software: residents have their say, officers see it by theme and area.
#[derive(Debug, Parser)]
#[command(name = "have-your-say", version, about)]
pub struct Command {
    /// A file of settings (TOML); variables `HYS_…` win over it.
    #[arg(long, global = true, env = "HYS_CONFIG", value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// What to do.
    #[command(subcommand)]
    pub verb: Verb,
}

/// What the program can be told to do.
#[derive(Debug, Subcommand)]
pub enum Verb {
    /// Serve the pages; migrates the database first.
    Serve,
    /// Bring the database's tables up to date.
    Migrate,
    /// Check, publish or write out survey definitions.
    #[command(subcommand)]
    Survey(SurveyVerb),
    /// Make up responses, through the same checks as a browser's, in a database of their own.
    Simulate(Simulate),
    /// Bring in responses from a CSV of codes, through the same checks as a browser's.
    Import(Import),
    /// Write answers as CSV, with a codebook beside them.
    Export(Export),
    /// Print any results page's numbers, or its chart.
    Result(ResultPage),
    /// Invite people who may sign in.
    #[command(subcommand)]
    User(UserVerb),
    /// Write a copy of the database while it is served.
    Backup {
        /// The file to write.
        file: PathBuf,
    },
    /// Read a copy into an empty database.
    Restore {
        /// The file to read.
        file: PathBuf,
    },
}

/// What can be done with definitions.
#[derive(Debug, Subcommand)]
pub enum SurveyVerb {
    /// Read a definition and say what is wrong with it.
    Lint {
        /// A YAML or JSON file.
        file: PathBuf,
    },
    /// Make a definition of a LimeSurvey survey (.lss) and say what is not carried over; of YAML or JSON, publish it.
    Import {
        /// An .lss file, or a YAML or JSON file.
        file: PathBuf,
        /// The new file that the definition made of an .lss file is written to (YAML); the terminal, if left out.
        #[arg(long, value_name = "FILE")]
        to: Option<PathBuf>,
    },
    /// Freeze a definition as the version new responses answer.
    Publish {
        /// A YAML or JSON file.
        file: PathBuf,
    },
    /// Write a published definition as YAML.
    Export {
        /// The survey's name in addresses.
        slug: String,
    },
}

/// How to make up responses.
#[derive(Debug, Parser)]
pub struct Simulate {
    /// The survey's name in addresses.
    #[arg(long)]
    pub survey: String,
    /// How many people start.
    #[arg(long)]
    pub responses: u32,
    /// The same seed makes the same responses.
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
    /// The database to write to; `sqlite://data/simulated.sqlite`, if left out.
    #[arg(long, value_name = "URL")]
    pub database: Option<String>,
    /// Write even into a database that holds people's own responses.
    #[arg(long)]
    pub beside_real: bool,
}

/// What to bring in.
#[derive(Debug, Parser)]
pub struct Import {
    /// The survey's name in addresses.
    #[arg(long)]
    pub survey: String,
    /// The file: a first line that names columns as in exports, then a row for each response.
    pub file: PathBuf,
    /// Columns to pass over, such as `lpa,notes`.
    #[arg(long, value_name = "COLUMNS", value_delimiter = ',')]
    pub ignore: Vec<String>,
    /// Take the rows that can be taken, though others can't; else it is all or none.
    #[arg(long)]
    pub keep_good: bool,
    /// Keep budgets that don't add up; they count as invalid.
    #[arg(long)]
    pub keep_uneven_budgets: bool,
    /// Leave out answers to questions a person was not asked; else they are mistakes.
    #[arg(long)]
    pub drop_not_asked: bool,
    /// Check every row, and write nothing.
    #[arg(long)]
    pub check: bool,
}

/// What to write out.
#[derive(Debug, Parser)]
pub struct Export {
    /// The survey's name in addresses.
    #[arg(long)]
    pub survey: String,
    /// The format.
    #[arg(long, value_enum, default_value_t = ExportFormat::Csv)]
    pub format: ExportFormat,
    /// Labels instead of codes.
    #[arg(long)]
    pub labels: bool,
    /// A filter as it stands in the address of a results page, such as `age=16_24&area=E07000066`.
    #[arg(long, default_value = "")]
    pub filter: String,
    /// The folder to write to; without it, answers go to the terminal and no codebook is written.
    #[arg(long, value_name = "FOLDER")]
    pub to: Option<PathBuf>,
}

/// Formats of files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ExportFormat {
    /// Comma-separated values.
    Csv,
}

/// Which results, and how.
#[derive(Debug, Parser)]
pub struct ResultPage {
    /// A results page as in the address bar, such as `/admin/surveys/police-and-crime-plan/themes?areas=csp`.
    pub path: String,
    /// The format.
    #[arg(long, value_enum, default_value_t = ResultFormat::Json)]
    pub format: ResultFormat,
}

/// Formats of results.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ResultFormat {
    /// Everything on the page.
    Json,
    /// The numbers as a table.
    Csv,
    /// The chart.
    Svg,
    /// The chart as a picture, two pixels to a unit.
    Png,
}

/// What can be done with accounts.
#[derive(Debug, Subcommand)]
pub enum UserVerb {
    /// Print a link that makes an account, once, within seven days.
    Invite {
        /// Who is invited.
        email: String,
        /// What they may do.
        #[arg(long, value_enum)]
        role: InvitedRole,
    },
}

/// Roles people can be invited to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum InvitedRole {
    /// May do everything.
    Administrator,
    /// Sees results and comments, takes answers out.
    Officer,
    /// Sees results, takes findings out.
    Comms,
}
