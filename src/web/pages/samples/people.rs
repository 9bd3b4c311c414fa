//! Samples of pages about people and accounts.

use super::{
    super::{
        AccountPage, CodePage, ConfirmPage, ErrorLink, FactorPage, FactorView, ForgotPage,
        InvitationLine, InvitePage, InvitedPage, PeoplePage, PersonLine, PersonPage, QrView,
        RecoveryCodesPage, ResetPage, RoleBox, SessionLine,
    },
    own,
};

const ROLES: [&str; 4] = ["administrator", "officer", "comms", "clerk"];

fn wrong(field: &str, text: &str) -> Vec<ErrorLink> {
    vec![ErrorLink {
        field: field.to_owned(),
        text: own(text),
    }]
}

impl CodePage {
    /// The first try, and after a wrong code.
    pub fn samples() -> Vec<Self> {
        let page = Self {
            action: "/admin/sign-in/code".to_owned(),
            sign_in: "/admin/sign-in".to_owned(),
            code_error: None,
            errors: Vec::new(),
        };
        let failed = Self {
            code_error: Some(own("This code does not work")),
            errors: wrong("code", "This code does not work"),
            ..page.clone()
        };
        vec![page, failed]
    }
}

impl ConfirmPage {
    /// By code, and by password after a wrong one.
    pub fn samples() -> Vec<Self> {
        let page = Self {
            action: "/admin/confirm".to_owned(),
            next: "/admin/people/invite".to_owned(),
            by_code: true,
            error: None,
            errors: Vec::new(),
        };
        let password = Self {
            by_code: false,
            error: Some(own("This is not your password")),
            errors: wrong("password", "This is not your password"),
            ..page.clone()
        };
        vec![page, password]
    }
}

impl ForgotPage {
    /// Asking, a faulty address, a link on its way, and a site without mail.
    pub fn samples() -> Vec<Self> {
        let page = Self {
            action: "/admin/forgot".to_owned(),
            sign_in: "/admin/sign-in".to_owned(),
            email: String::new(),
            sent: false,
            has_mail: true,
            email_error: None,
            errors: Vec::new(),
        };
        vec![
            Self {
                email_error: Some(own("Enter an email address")),
                errors: wrong("email", "Enter an email address"),
                ..page.clone()
            },
            Self {
                email: own("priya@example.org"),
                sent: true,
                ..page.clone()
            },
            Self {
                has_mail: false,
                ..page.clone()
            },
            page,
        ]
    }
}

impl ResetPage {
    /// Choosing, and a password that is easy to guess.
    pub fn samples() -> Vec<Self> {
        let page = Self {
            action: "/admin/reset/token".to_owned(),
            password_length: 12,
            password_error: None,
            errors: Vec::new(),
        };
        let weak = Self {
            password_error: Some(own("Choose another")),
            errors: wrong("password", "Choose another"),
            ..page.clone()
        };
        vec![page, weak]
    }
}

impl FactorPage {
    /// One that must be set up, and one that takes the place of another, after a wrong code.
    pub fn samples() -> Vec<Self> {
        let page = Self {
            action: "/admin/account/second-factor".to_owned(),
            qr: QrView {
                side: 29,
                path: "M4 4h7v1h-7z".to_owned(),
            },
            key: own("JBSW Y3DP EHPK 3PXP"),
            must: true,
            replaces: false,
            code_error: None,
            errors: Vec::new(),
        };
        let other = Self {
            must: false,
            replaces: true,
            code_error: Some(own("This code does not work")),
            errors: wrong("code", "This code does not work"),
            ..page.clone()
        };
        vec![page, other]
    }
}

impl RecoveryCodesPage {
    /// Two codes.
    pub fn samples() -> Vec<Self> {
        vec![Self {
            codes: vec![own("ABCD-EFGH-JKMN-PQRS"), own("TVWX-YZ01-2345-6789")],
            go_on: "/admin".to_owned(),
        }]
    }
}

impl AccountPage {
    /// With a second factor and two sessions; without, after a wrong password.
    pub fn samples() -> Vec<Self> {
        let session = SessionLine {
            started: own("9:12am on Tuesday 24 November 2026"),
            seen: own("11:40am on Tuesday 24 November 2026"),
            is_this: true,
            end: "/admin/account/sessions/1".to_owned(),
        };
        let page = Self {
            name: own("Priya Shah"),
            email: own("priya@example.org"),
            role: "administrator",
            change_password: "/admin/account/password".to_owned(),
            password_length: 12,
            current_error: None,
            new_error: None,
            errors: Vec::new(),
            factor: FactorView {
                since: Some(own("9:00am on Monday 2 November 2026")),
                left: 3,
                set_up: "/admin/account/second-factor".to_owned(),
                renew: "/admin/account/recovery-codes".to_owned(),
                remove: None,
            },
            sessions: vec![
                session.clone(),
                SessionLine {
                    is_this: false,
                    end: "/admin/account/sessions/2".to_owned(),
                    ..session.clone()
                },
            ],
            end_others: "/admin/account/sessions".to_owned(),
        };
        let without = Self {
            role: "officer",
            current_error: Some(own("This is not your password")),
            errors: wrong("current-password", "This is not your password"),
            factor: FactorView {
                since: None,
                left: 0,
                remove: Some("/admin/account/second-factor/remove".to_owned()),
                ..page.factor.clone()
            },
            sessions: vec![session],
            ..page.clone()
        };
        let optional = Self {
            factor: FactorView {
                remove: Some("/admin/account/second-factor/remove".to_owned()),
                ..page.factor.clone()
            },
            ..page.clone()
        };
        vec![page, without, optional]
    }
}

impl PeoplePage {
    /// Three people and two invitations, and one person alone.
    pub fn samples() -> Vec<Self> {
        let person = PersonLine {
            href: "/admin/people/1".to_owned(),
            name: own("Priya Shah"),
            email: own("priya@example.org"),
            role: "administrator",
            has_factor: true,
            seen: Some(own("11:40am on Tuesday 24 November 2026")),
            is_out: false,
        };
        let invitation = InvitationLine {
            name: own("Sam Okoro"),
            email: own("sam@example.org"),
            role: "comms",
            expires: own("9:00am on Tuesday 1 December 2026"),
            expired: false,
            renew: "/admin/invitations/1/renew".to_owned(),
            withdraw: "/admin/invitations/1/withdraw".to_owned(),
        };
        let boxes = ROLES.map(|role| RoleBox {
            role,
            ticked: role == "administrator",
            fixed: role == "administrator",
        });
        let alone = Self {
            people: vec![person.clone()],
            waiting: Vec::new(),
            invite: "/admin/people/invite".to_owned(),
            roles: "/admin/people/second-factor".to_owned(),
            boxes: boxes.to_vec(),
        };
        let full = Self {
            people: vec![
                person.clone(),
                PersonLine {
                    role: "officer",
                    has_factor: false,
                    seen: None,
                    ..person.clone()
                },
                PersonLine {
                    role: "clerk",
                    is_out: true,
                    ..person
                },
            ],
            waiting: vec![
                invitation.clone(),
                InvitationLine {
                    name: String::new(),
                    expired: true,
                    ..invitation
                },
            ],
            ..alone.clone()
        };
        vec![full, alone]
    }
}

impl PersonPage {
    /// Somebody active, somebody shut out, and the last administrator.
    pub fn samples() -> Vec<Self> {
        let page = Self {
            all: "/admin/people".to_owned(),
            name: own("Priya Shah"),
            email: own("priya@example.org"),
            joined: own("9:00am on Monday 2 November 2026"),
            seen: Some(own("11:40am on Tuesday 24 November 2026")),
            has_factor: true,
            is_out: false,
            is_self: false,
            role: "officer",
            roles: ROLES.to_vec(),
            change_role: "/admin/people/1/role".to_owned(),
            shut_out: "/admin/people/1/shut-out".to_owned(),
            let_in: "/admin/people/1/let-in".to_owned(),
            end_sessions: "/admin/people/1/end-sessions".to_owned(),
            remove_factor: "/admin/people/1/remove-factor".to_owned(),
            error: None,
            errors: Vec::new(),
        };
        let out = Self {
            seen: None,
            has_factor: false,
            is_out: true,
            ..page.clone()
        };
        let last = Self {
            role: "administrator",
            is_self: true,
            error: Some(own("This is the last administrator")),
            errors: wrong("role", "This is the last administrator"),
            ..page.clone()
        };
        vec![page, out, last]
    }
}

impl InvitePage {
    /// Blank, and faulty.
    pub fn samples() -> Vec<Self> {
        let page = Self {
            all: "/admin/people".to_owned(),
            action: "/admin/people/invite".to_owned(),
            email: String::new(),
            name: String::new(),
            role: None,
            roles: ROLES.to_vec(),
            email_error: None,
            name_error: None,
            role_error: None,
            errors: Vec::new(),
        };
        let faulty = Self {
            email: own("priya"),
            email_error: Some(own("Enter an email address")),
            name_error: Some(own("Enter a name")),
            role_error: Some(own("Choose a role")),
            errors: ["email", "name", "role"]
                .iter()
                .flat_map(|field| wrong(field, "Enter it"))
                .collect(),
            ..page.clone()
        };
        vec![page, faulty]
    }
}

impl InvitedPage {
    /// With mail and without.
    pub fn samples() -> Vec<Self> {
        let page = Self {
            email: own("sam@example.org"),
            link: own("https://example.org/admin/welcome/token"),
            mailed: true,
            all: "/admin/people".to_owned(),
        };
        let shown = Self {
            mailed: false,
            ..page.clone()
        };
        vec![page, shown]
    }
}
