// Made from web/ by make web; sources ad2c96590dc0d383e769a1043b443c63ff22f40b6633dafa33087a6916edc2e3
var o="sco:draw-below",n=".sco-grid";function s(t){let e=t.parentElement.querySelector(n);if(!e)throw new Error("the component of the app has no place for the table");e.given=t,e.dispatchEvent(new Event(o,{bubbles:!0}))}export{s as default};
