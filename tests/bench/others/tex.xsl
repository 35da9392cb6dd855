<?xml version="1.0" encoding="UTF-8"?>
<!-- FO to XeLaTeX: see common.xsl. Groups inherit as blocks do. One run: the widths of columns are
     given, so nothing changes in a second. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:fo="http://www.w3.org/1999/XSL/Format" xmlns:exsl="http://exslt.org/common"
                xmlns:str="http://exslt.org/strings">
  <xsl:import href="common.xsl"/>
  <xsl:output method="text" encoding="UTF-8"/>

  <xsl:template match="/fo:root">
    <xsl:text>\documentclass[14pt]{extarticle}
\usepackage[a4paper,left=30mm,right=10mm,top=20mm,bottom=20mm,headsep=5mm]{geometry}
\usepackage{fontspec,polyglossia,longtable,array,fancyhdr}
\setmainlanguage{russian}
\setmainfont{Liberation Serif}
\newfontfamily\cyrillicfont{Liberation Serif}
\pagestyle{fancy}\fancyhf{}\chead{\thepage}\renewcommand\headrulewidth{0pt}
\setlength\tabcolsep{1.2mm}\setlength\LTleft{0pt}\setlength\LTright{0pt}\setlength\arrayrulewidth{.5pt}
\newcommand\justified{\leftskip=0pt\rightskip=0pt\parfillskip=0pt plus 1fil}
\emergencystretch=3em
\begin{document}
</xsl:text>
    <xsl:apply-templates/>
    <xsl:text>\end{document}
</xsl:text>
  </xsl:template>

  <xsl:template match="fo:flow">
    <xsl:text>\clearpage </xsl:text>
    <xsl:if test="contains(../@master-reference, 'landscape')">
      <xsl:text>\pdfpagewidth=297mm\pdfpageheight=210mm\newgeometry{layoutsize={297mm,210mm},papersize={297mm,210mm},left=20mm,right=20mm,top=20mm,bottom=10mm}
</xsl:text>
    </xsl:if>
    <xsl:apply-templates/>
  </xsl:template>

  <xsl:template name="set">
    <xsl:apply-templates select="@text-align" mode="set"/> <!-- which resets indents -->
    <xsl:apply-templates select="@*[name() != 'text-align']" mode="set"/>
  </xsl:template>
  <xsl:template match="@*" mode="set"/>
  <xsl:template match="@text-align[. = 'center']" mode="set">\centering </xsl:template>
  <xsl:template match="@text-align[. = 'left']" mode="set">\raggedright </xsl:template>
  <xsl:template match="@text-align[. = 'right']" mode="set">\raggedleft </xsl:template>
  <xsl:template match="@text-align[. = 'justify']" mode="set">\justified </xsl:template>
  <xsl:template match="@text-indent" mode="set"><xsl:value-of select="concat('\parindent=', ., ' ')"/></xsl:template>
  <xsl:template match="@start-indent" mode="set"><xsl:value-of select="concat('\leftskip=', ., ' ')"/></xsl:template>
  <xsl:template match="@font-weight[. = 'bold']" mode="set">\bfseries </xsl:template>
  <xsl:template match="@font-weight[. = 'normal']" mode="set">\mdseries </xsl:template>
  <xsl:template match="@font-style[. = 'italic']" mode="set">\itshape </xsl:template>
  <xsl:template match="@font-size[contains(., 'pt')]" mode="set">
    <xsl:variable name="size" select="substring-before(., 'pt')"/>
    <xsl:value-of select="concat('\fontsize{', $size, '}{', $size * 1.2, '}\selectfont ')"/>
  </xsl:template>
  <xsl:template match="@hyphenate[. = 'true']" mode="set">\hyphenpenalty=50 </xsl:template>
  <xsl:template match="@hyphenate[. = 'false']" mode="set">\hyphenpenalty=10000 </xsl:template>

  <xsl:template match="fo:block">
    <xsl:if test="@space-before"><xsl:value-of select="concat('\par\vskip ', @space-before, ' ')"/></xsl:if>
    <xsl:text>{</xsl:text>
    <xsl:call-template name="set"/>
    <xsl:apply-templates/>
    <xsl:text>\par}
</xsl:text>
    <xsl:if test="@keep-with-next.within-page = 'always'">\nopagebreak </xsl:if>
    <xsl:if test="@space-after"><xsl:value-of select="concat('\vskip ', @space-after, ' ')"/></xsl:if>
  </xsl:template>
  <!-- A cell is a group and ends its last paragraph itself: another end would be an empty line. -->
  <xsl:template match="fo:table-cell/fo:block[last()]">
    <xsl:call-template name="set"/>
    <xsl:apply-templates/>
  </xsl:template>
  <xsl:template match="fo:block[not(node())]" priority="1">\hfil\break </xsl:template>
  <xsl:template match="fo:inline">{<xsl:call-template name="set"/><xsl:apply-templates/>}</xsl:template>

  <!-- The signature and the like: one row, no lines. -->
  <xsl:template match="fo:table[not(fo:table-column/@border)]">
    <xsl:if test="@space-before"><xsl:value-of select="concat('\par\vskip ', @space-before, ' ')"/></xsl:if>
    <xsl:text>{\noindent </xsl:text>
    <xsl:call-template name="table">
      <xsl:with-param name="name">tabular</xsl:with-param>
    </xsl:call-template>
    <xsl:text>\par}
</xsl:text>
  </xsl:template>
  <xsl:template match="fo:table">
    <xsl:text>{</xsl:text>
    <xsl:call-template name="set"/>
    <xsl:call-template name="table">
      <xsl:with-param name="name">longtable</xsl:with-param>
      <xsl:with-param name="line">|</xsl:with-param>
    </xsl:call-template>
    <xsl:text>}
</xsl:text>
  </xsl:template>
  <xsl:template name="table">
    <xsl:param name="name"/>
    <xsl:param name="line"/>
    <xsl:variable name="columns"><xsl:apply-templates select="." mode="columns"/></xsl:variable>
    <xsl:value-of select="concat('\begin{', $name, '}{@{}', $line)"/>
    <xsl:for-each select="exsl:node-set($columns)/c">
      <xsl:value-of select="concat('p{', . - 2.4, 'mm}', $line)"/>
    </xsl:for-each>
    <xsl:value-of select="concat('@{}}', substring('\hline', 1, 6 * boolean($line)), '&#10;')"/>
    <xsl:for-each select="(fo:table-header | fo:table-body)/fo:table-row">
      <xsl:for-each select="fo:table-cell">
        <xsl:variable name="at" select="1 + count(preceding-sibling::*)
            + sum(preceding-sibling::*/@number-columns-spanned) - count(preceding-sibling::*/@number-columns-spanned)"/>
        <xsl:if test="position() &gt; 1"> &amp; </xsl:if>
        <xsl:if test="@number-columns-spanned &gt; 1">
          <xsl:value-of select="concat('\multicolumn{', @number-columns-spanned, '}{', substring($line, 1, $at = 1), 'p{',
              sum(exsl:node-set($columns)/c[position() &gt;= $at and position() &lt; $at + current()/@number-columns-spanned])
              - 2.4, 'mm}', $line, '}')"/>
        </xsl:if>
        <xsl:if test="@number-columns-spanned &gt; 1">{</xsl:if>
        <xsl:for-each select="../.."><xsl:call-template name="set"/></xsl:for-each>
        <xsl:call-template name="set"/>
        <xsl:apply-templates/>
        <xsl:if test="@number-columns-spanned &gt; 1">}</xsl:if>
      </xsl:for-each>
      <xsl:text>\tabularnewline</xsl:text>
      <xsl:if test="$line"> \hline</xsl:if>
      <xsl:if test="parent::fo:table-header and position() = last() - count(../../fo:table-body/fo:table-row)"> \endhead</xsl:if>
      <xsl:text>
</xsl:text>
    </xsl:for-each>
    <xsl:value-of select="concat('\end{', $name, '}')"/>
  </xsl:template>

  <xsl:template match="text()">
    <xsl:call-template name="words">
      <xsl:with-param name="escaped" select="str:replace(str:replace(str:replace(str:replace(str:replace(
          translate(., '\{}~^', ''), '&amp;', '\&amp;'), '%', '\%'), '#', '\#'), '_', '\_'), '$', '\$')"/>
    </xsl:call-template>
  </xsl:template>
</xsl:stylesheet>
